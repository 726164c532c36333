import { setTimeout as pause } from 'node:timers/promises';
import { createOperatorCalls, type OperatorCalls } from '../operator/http/call';
import { createHttpOperator } from '../operator/http/http-operator';
import { readOperatorSettings } from '../operator/http/settings';
import type { Operator } from '../operator/operator';
import { createSimulatedOperator, type SimulatedOperator } from '../operator/simulated-operator';
import type { Base } from './foundation';

export interface OperatorSide {
  operator: Operator;
  /** Its calls; null when the operator is simulated in this process. */
  operatorCalls: OperatorCalls | null;
  /** Also beside a real one in development, to be called as one. */
  simulatedOperator: SimulatedOperator | null;
}

/** The operator's systems: by HTTP where they have an address, else simulated. */
export function openOperator(base: Base): OperatorSide {
  const { config, clock, log, cleanup } = base;
  const settings = readOperatorSettings(config);
  if (settings === null) {
    const simulatedOperator = simulate(base);
    return { operator: simulatedOperator, operatorCalls: null, simulatedOperator };
  }
  const operatorCalls = createOperatorCalls({ fetch, settings, clock, random: Math.random, pause, log });
  cleanup.add(() => operatorCalls.close());
  const simulatedOperator = config.NODE_ENV === 'production' ? null : simulate(base);
  return { operator: createHttpOperator(operatorCalls), operatorCalls, simulatedOperator };
}

const simulate = ({ config, clock }: Base): SimulatedOperator =>
  createSimulatedOperator({
    seed: config.OPERATOR_SEED,
    clock,
    timeZone: config.TIME_ZONE,
    lineTestMs: config.OPERATOR_LINE_TEST_MS,
  });
