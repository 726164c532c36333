/**
 * Which conversations an agent may have. Written before the claim is sent into the conversation, so that none can be
 * missing; whether the agent really has one is always read from the conversation's own state. So the two cannot drift
 * apart, whoever dies in between: a name too many is seen and dropped, and a name too few cannot be.
 */
export interface Assignments {
  /** To be called before a claim is accepted. */
  expect(agentId: string, conversationId: string): Promise<void>;
  /** All that may be the agent's. */
  read(agentId: string): Promise<Expectation[]>;
  /** Drops a name that turned out wrong, unless the conversation was expected again since it was read. */
  drop(agentId: string, expectation: Expectation): Promise<void>;
}

export interface Expectation {
  conversationId: string;
  /** Differs each time. */
  mark: string;
  /** By the clock of the node that wrote it. */
  at: number;
}
