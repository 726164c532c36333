import type { Locale } from '../../contract/activity';
import type { Priority } from '../../contract/conversation';
import type { Routing } from './routing';
import type { RoutingRule } from './routing-schema';

/** What is known of a conversation that wants a human. */
export interface RoutingFacts {
  reason: string;
  /** Name of the open dialog. */
  dialog: string | null;
  priority: Priority;
  customerLevel: string | null;
  locale: Locale;
  /** Served in care mode. */
  isCare: boolean;
}

const isLike = (patterns: string[], name: string): boolean =>
  patterns.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each));

function fits({ when }: RoutingRule, facts: RoutingFacts): boolean {
  const { reasons, dialogs, priorities, customerLevels, languages, care } = when;
  return (
    (!reasons || isLike(reasons, facts.reason)) &&
    (!dialogs || (facts.dialog !== null && isLike(dialogs, facts.dialog))) &&
    (!priorities || priorities.includes(facts.priority)) &&
    (!customerLevels || (facts.customerLevel !== null && customerLevels.includes(facts.customerLevel))) &&
    (!languages || languages.includes(facts.locale)) &&
    (care === undefined || care === facts.isCare)
  );
}

/** The skill group for a conversation: that of the first rule that fits, else the default one. */
export const pickGroup = ({ rules, defaultGroup }: Routing, facts: RoutingFacts): string =>
  rules.find((rule) => fits(rule, facts))?.to ?? defaultGroup;
