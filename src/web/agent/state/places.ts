import type { WallAgent } from '../../../contract/supervision';

/** A site, or a team of it, as one value of a list. */
const keyOf = ({ site, team }: Pick<WallAgent, 'site' | 'team'>): string[] => {
  const parts = [site, team].filter((part) => part !== null);
  return parts.map((_, i) => parts.slice(0, i + 1).join(' · '));
};

/** The places that people of the wall work at: sites first, each with its teams after it. */
export const placesOf = (agents: WallAgent[]): string[] => [...new Set(agents.flatMap(keyOf))].sort();

/** Whether somebody works there; everybody does nowhere in particular (null). */
export const isAt = (agent: WallAgent, place: string | null): boolean =>
  place === null || keyOf(agent).includes(place);
