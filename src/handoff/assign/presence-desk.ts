import {
  type Colleague,
  DEFAULT_CAPACITY,
  type GroupView,
  type Me,
  type PresenceChange,
  type Skills,
  type SkillsChange,
} from '../../contract/desk';
import type { AgentQueue } from '../agent-queue';
import type { DeskNews } from '../desk-news';
import { groupOf, type Routing } from '../routing/routing';
import { agentRecord } from './agent-record';
import type { AgentRecord, AgentRoster } from './agent-roster';

/** Of an account what presence needs. */
export interface Member {
  id: string;
  name: string;
  role: string;
}

export interface PresenceDependencies {
  roster: AgentRoster;
  queue: Pick<AgentQueue, 'lines'>;
  routing: Routing;
  readSkills: (accountId: string) => Promise<Skills>;
  /** When their shift ends by the roster; null when it has none of them now. */
  shiftEndOf: (accountId: string, now: number) => Promise<number | null>;
  news: Pick<DeskNews, 'publish'>;
  clock: () => number;
  timeZone: string;
}

/** Who is there, what they do and can do: as agents say it, and as they see it of each other. */
export interface PresenceDesk {
  /**
   * Says whether somebody is there. A capacity that was said before stays until another is said. `isByAnother`: said by
   * somebody who leads, which is no sign of life.
   */
  declare(member: Member, change: PresenceChange, isByAnother?: boolean): Promise<Me>;
  me(member: Member): Promise<Me>;
  colleagues(): Promise<Colleague[]>;
  groups(): Promise<GroupView[]>;
  /**
   * What somebody can do has changed; counts at once if they said that they are there. How many conversations they take at
   * once stays as they said, unless that is what was changed.
   */
  learn(member: Member, skills: Skills, change?: SkillsChange): Promise<void>;
  /** When they go has changed; how many conversations they take at once stays as they said. */
  learnShift(member: Member): Promise<void>;
}

export function createPresenceDesk(deps: PresenceDependencies): PresenceDesk {
  const { roster, routing, clock, timeZone, news } = deps;
  const skilled = (groups: Record<string, number>) =>
    Object.entries(groups).map(([id, level]) => ({ id, name: groupOf(routing, id).name, level }));
  async function recordOf(member: Member, skills: Skills): Promise<AgentRecord> {
    const now = clock();
    const shiftEndsAt = await deps.shiftEndOf(member.id, now);
    return agentRecord(member, skills, { routing, now, timeZone, shiftEndsAt });
  }

  async function me(member: Member): Promise<Me> {
    const state = await roster.read(member.id);
    const { id, name, role } = member;
    const record = state ?? (await recordOf(member, await deps.readSkills(id)));
    return {
      account: { id, name, role },
      presence: state?.presence ?? { status: 'away', reason: null, capacity: record.capacity },
      hasSaid: state !== null,
      groups: skilled(record.groups),
      languages: record.languages,
      openCount: state?.openCount ?? 0,
    };
  }

  return {
    async declare(member, { status, reason, capacity }, isByAnother = false) {
      const [before, skills] = await Promise.all([roster.read(member.id), deps.readSkills(member.id)]);
      const wanted = capacity ?? before?.capacity ?? skills.capacity ?? DEFAULT_CAPACITY;
      await roster.declare(
        { ...(await recordOf(member, skills)), capacity: wanted },
        { status, reason, isByAnother },
      );
      await news.publish({ topic: 'presence', agentId: member.id });
      return me(member);
    },
    me,
    async colleagues() {
      const states = await roster.list();
      const views = states.map(({ groups, closesAt: _closes, capacity: _capacity, ...rest }) => ({
        ...rest,
        groups: skilled(groups),
      }));
      return views.sort((a, b) => a.name.localeCompare(b.name, 'zh') || (a.id < b.id ? -1 : 1));
    },
    async groups() {
      const lines = await deps.queue.lines(routing.groups.map(({ id }) => id));
      return routing.groups.map(({ id, name, mode }, i) => {
        const { onDuty = 0, waiting = 0 } = lines[i] ?? {};
        return { id, name, mode, onDuty, waiting };
      });
    },
    async learnShift(member) {
      const before = await roster.read(member.id);
      if (!before) return;
      const record = await recordOf(member, await deps.readSkills(member.id));
      await roster.update({ ...record, capacity: before.capacity });
      await news.publish({ topic: 'presence', agentId: member.id });
    },
    async learn(member, skills, change = skills) {
      const record = await recordOf(member, skills);
      const said = change.capacity === undefined ? (await roster.read(member.id))?.capacity : undefined;
      await roster.update({ ...record, capacity: said ?? record.capacity });
      await news.publish({ topic: 'presence', agentId: member.id });
    },
  };
}
