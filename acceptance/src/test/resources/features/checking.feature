@checking
Feature: Checking web pages
  An agent asks for a page as a visitor does, and writes down what it saw.

  Scenario: A valid URL with its pattern
    Given a page that answers 200 with "Welcome to the shop"
    When an agent checks it for the pattern "Welcome to the [a-z]+"
    Then the result has the status code 200
    And the pattern was found
    And the page is "up"

  Scenario: An invalid URL
    Given a URL at which there is no page
    When an agent checks it for the pattern "Welcome"
    Then the result has a status code other than 200
    And the page is "down"
    And the reason is "http_status"

  Scenario: A page without the pattern
    Given a page that answers 200 with "Under construction"
    When an agent checks it for the pattern "Welcome"
    Then the result has the status code 200
    And the pattern was not found
    And the page is "down"
    And the reason is "content_missing"

  Scenario: The log entry is valid
    Given a page that answers 200 with "Welcome to the shop"
    When an agent checks it for the pattern "Welcome"
    Then the log entry has the time of the check
    And the log entry has the URL
    And the log entry has the status code
    And the log entry has whether the pattern matched
    And the log entry has the response time

  Scenario: Seven ways to fail are told apart
    Given pages that fail in these ways
      | page      | what is wrong                  |
      | missing   | answers 404                    |
      | broken    | answers 500                    |
      | empty     | answers 200 without its pattern|
      | stopped   | refuses the connection         |
      | nowhere   | has an unknown host            |
      | torn      | resets the connection          |
      | forged    | has a certificate of its own   |
      | stuck     | does not answer in time        |
    When an agent checks them all
    Then the reasons are
      | missing   | http_status           |
      | broken    | http_status           |
      | empty     | content_missing       |
      | stopped   | connect_refused       |
      | nowhere   | dns                   |
      | torn      | connection_reset      |
      | forged    | certificate_untrusted |
      | stuck     | timeout               |

  Scenario: A page that comes back is up again
    Given a URL at which there is no page
    When an agent checks it for the pattern "Welcome"
    And the page answers 200 with "Welcome back"
    Then the page becomes "up"
