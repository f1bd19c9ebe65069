@commands
Feature: Commands for people and scripts
  Every command answers in plain words, and its exit code says the same to a script.

  Scenario: Every problem of a configuration file is told at once
    Given this configuration file
      """
      [defaults]
      interval = "soon"

      [[web_page]]
      url = "https://example.com/"
      content_patern = "Welcome"

      [[web_page]]
      name = "No address"
      """
    When somebody runs "validate"
    Then the exit code is 2
    And a problem is told at line 2 with "interval"
    And a problem is told at line 6 with "content_pattern"
    And a problem is told at line 8 with "url"

  Scenario: A good configuration file
    Given this configuration file
      """
      [[web_page]]
      url = "https://example.com/"
      """
    When somebody runs "validate"
    Then the exit code is 0

  Scenario: A page that is up
    Given a site whose page answers 200 with "Welcome"
    When somebody checks it with the pattern "Welcome"
    Then the exit code is 0
    And the answer shows "200"

  Scenario: A page that is down
    Given a site whose page answers 200 with "Under construction"
    When somebody checks it with the pattern "Welcome"
    Then the exit code is 1
    And the answer shows "Welcome"

  Scenario: A command that is used wrongly
    When somebody runs "check"
    Then the exit code is 2
    And nothing of it is a stack trace

  Scenario: The result as JSON
    Given a site whose page answers 503 with "Sorry"
    When somebody checks it as JSON
    Then the exit code is 1
    And the JSON says that the page is "down" because of "http_status"
