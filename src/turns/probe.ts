/**
 * The points between accept and delivery at which a process may die. Tests pass a probe that kills the process
 * there and counts that it did; the server passes one that does nothing.
 */
export const TURN_POINTS = [
  'before-accept',
  'accepted',
  'leased',
  'advanced',
  'committed',
  'command-read',
  'command-done',
  'outcome-accepted',
  'command-removed',
  'records-read',
  'records-written',
  'records-removed',
  'delivering',
] as const;
export type TurnPoint = (typeof TURN_POINTS)[number];

export type Probe = (point: TurnPoint) => void;

export const noProbe: Probe = () => undefined;
