@reporting
Feature: Reporting to the central server
  What an agent writes into its log reaches the server signed and encrypted, once, whatever happens on the way.

  Background:
    Given a central server, a queue and an agent that watches a page

  Scenario: A result reaches the central server
    When the agent has checked the page
    Then the server shows that result as the log has it
    And the server shows the page as "up"
    And the agent knows that its report has arrived

  Scenario: A forged report is refused and leaves a trace
    When somebody hands in a report signed with another key
    Then the server refuses it
    And the server has noted a rejected report because of "unknown_agent_key"
    And nothing of it is stored

  Scenario: A changed report is refused and leaves a trace
    When somebody puts a changed report into the queue
    Then the server has noted a rejected report because of "not_decrypted"
    And the server still takes reports

  Scenario: A report delivered twice counts once
    Given the agent has reported
    When the same report is delivered twice more by each way
    Then the server has each result of the log once

  Scenario: The queue is away for a while
    Given the agent has reported
    When the queue is away while the agent checks on
    And the queue is back
    Then the server has each result of the log once
