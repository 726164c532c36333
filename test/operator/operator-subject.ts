import type { Operator } from '../../src/operator/operator';

/** An operator and what the suite must know of it to ask sensible questions. */
export interface OperatorSubject {
  operator: Operator;
  /** The clock that the operator was given. */
  now(): number;
  /** Moves that clock on. */
  pass(ms: number): void;
  phones: { normal: string; arrears: string; suspended: string; fraudStop: string; nobody: string };
  addresses: { quiet: string; outage: string; lowLight: string; sound: string; uncovered: string };
  /** An account whose line has low light. */
  lowLightAccount: string;
  /** A phone whose account has value-added services. */
  servedPhone: string;
  /** Codes that went out so far, for this phone. */
  codesSentTo(phone: string): Promise<string[]>;
  /** Text messages that went out so far, to this phone. */
  textsSentTo(phone: string): Promise<string[]>;
  /** Versions of the order that were taken so far, in order. */
  versionsTaken(number: string): Promise<number[]>;
  /** Ends what the subject has opened. */
  close?(): Promise<void>;
}
