package webmon.agent.check;

/** How far an exchange with a server has come. */
enum Phase {
  DNS,
  CONNECT,
  TLS,
  REQUEST,
  WAIT,
  TRANSFER
}
