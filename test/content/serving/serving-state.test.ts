import fc from 'fast-check';
import {
  firstState,
  forgetOver,
  makeCurrent,
  moveOf,
  publishVersion,
  type ServingState,
  servingStateSchema,
  startWithFiles,
  stopVersion,
  versionForNew,
  versionsNeeded,
} from '../../../src/content/serving/serving-state';

const DAY_MS = 24 * 3600_000;
const NOW = 1e12;
const plain = { sessions: 'finish' as const, map: {}, rollOut: null, live: [] };
const publish = (state: ServingState, version: string, changed: object = {}, now = NOW) =>
  publishVersion(state, version, { ...plain, ...changed }, now);
const of = (state: ServingState, version: string, now = NOW) =>
  moveOf(state, version, { now, oldMs: 30 * DAY_MS });
const web = (conversationId: string) => ({ conversationId, channel: 'web' });

describe('what customers get', () => {
  it('is the files until somebody publishes; then new files are offered, on what they were made from', () => {
    const first = firstState('f1');
    const second = startWithFiles(first, 'f2', NOW);
    expect(second).toMatchObject({ current: 'f2', offered: null, retiredAt: { f1: NOW } });
    const published = publish(second, 'v3');
    expect(startWithFiles(published, 'f2', NOW)).toBe(published);
    const third = startWithFiles(published, 'f3', NOW);
    expect(third).toMatchObject({ current: 'v3', fromFiles: 'f3', offered: { version: 'f3', base: 'f2' } });
    expect(startWithFiles(third, 'f4', NOW).offered).toEqual({ version: 'f4', base: 'f2' });
    expect(makeCurrent(third, 'f3', NOW).offered).toBeNull();
  });

  it('leaves sessions where they are, or moves those of every version that may still have some', () => {
    const state = publish(firstState('v1'), 'v2', { live: ['v0', 'v1', 'v2'] });
    expect(of(state, 'v1')).toBeNull();
    const map = { 'a/b': 'a/c' };
    const moved = publish(state, 'v3', { sessions: 'migrate', map, live: ['v0', 'v1', 'v2'] });
    for (const old of ['v0', 'v1', 'v2']) expect(of(moved, old)).toEqual({ kind: 'migrate', to: 'v3', map });
    expect(of(moved, 'v3')).toBeNull();
    const back = publish(moved, 'v2');
    expect(of(back, 'v2')).toBeNull();
    expect(of(back, 'v1')).toEqual({ kind: 'migrate', to: 'v3', map });
  });

  it('begins sessions anew whose version has been past for too long', () => {
    const state = publish(firstState('v1'), 'v2');
    expect(of(state, 'v1', NOW + 30 * DAY_MS)).toBeNull();
    expect(of(state, 'v1', NOW + 30 * DAY_MS + 1)).toMatchObject({ kind: 'restart', to: 'v2' });
    expect(of(state, 'v2', NOW + 90 * DAY_MS)).toBeNull();
  });

  it('forgets moves from versions that have been past for too long, and what they went to', () => {
    const moved = publish(firstState('v1'), 'v2', { sessions: 'migrate', live: ['v1'] });
    const later = publish(moved, 'v3', {}, NOW + 30 * DAY_MS);
    const age = (now: number) => forgetOver(later, { now, oldMs: 30 * DAY_MS });
    expect(age(NOW + 30 * DAY_MS)).toBe(later);
    const over = age(NOW + 30 * DAY_MS + 1);
    expect(versionsNeeded(over)).toEqual(['v3']);
    expect(of(over, 'v1', NOW + 31 * DAY_MS)).toMatchObject({ kind: 'restart', to: 'v3' });
  });

  it('goes back at a stop, however often, and to nothing that was stopped', () => {
    const third = publish(publish(firstState('v1'), 'v2'), 'v3');
    const stopped = stopVersion(third, 'v3', NOW);
    expect(stopped?.current).toBe('v2');
    expect(stopped && of(stopped, 'v3')).toMatchObject({ kind: 'restart', to: 'v2' });
    const again = stopped && stopVersion(stopped, 'v2', NOW);
    expect(again?.current).toBe('v1');
    expect(again && of(again, 'v3')).toBeNull();
    expect(again && stopVersion(again, 'v1', NOW)).toBeNull();
    expect(stopVersion(third, 'unknown', NOW)).toBeNull();
  });

  it('tries a version on the same share of conversations of its channels, everywhere', () => {
    const rollOut = { share: 0.3, channels: ['web' as const] };
    const state = publish(firstState('v1'), 'v2', { rollOut });
    const tried = Array.from({ length: 5000 }, (_, i) => versionForNew(state, web(`c${i}`)));
    const share = tried.filter((version) => version === 'v2').length / tried.length;
    expect(share).toBeGreaterThan(0.27);
    expect(share).toBeLessThan(0.33);
    const wider = publish(state, 'v2', { rollOut: { ...rollOut, share: 0.6 } });
    tried.forEach((version, i) => {
      expect(versionForNew(state, { conversationId: `c${i}`, channel: 'app' })).toBe('v1');
      if (version === 'v2') expect(versionForNew(wider, web(`c${i}`))).toBe('v2');
    });
    const stopped = stopVersion(wider, 'v2', NOW);
    expect(stopped).toMatchObject({ current: 'v1', rollOut: null });
    expect(stopped && of(stopped, 'v2')).toMatchObject({ kind: 'restart', to: 'v1' });
  });

  it('never points to a version that no node has, whatever is done in any order', () => {
    const version = fc.constantFrom('a', 'b', 'c', 'd');
    const act = fc.oneof(
      fc.record({
        type: fc.constant('publish' as const),
        version,
        sessions: fc.constantFrom('finish' as const, 'migrate' as const, 'restart' as const),
        rollOut: fc.option(fc.constant({ share: 0.5, channels: null })),
      }),
      fc.record({ type: fc.constant('stop' as const), version }),
      fc.record({ type: fc.constant('start' as const), version }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        let state = firstState('a');
        acts.forEach((each, i) => {
          const now = NOW + i;
          if (each.type === 'publish')
            state = publish(state, each.version, { ...each, live: ['a', 'b', 'c', 'd'] }, now);
          if (each.type === 'stop') state = stopVersion(state, each.version, now) ?? state;
          if (each.type === 'start') state = startWithFiles(state, each.version, now);
          servingStateSchema.parse(state);
          const needed = versionsNeeded(state);
          expect(needed).toContain(versionForNew(state, web('c')));
          expect(of(state, state.current, now + 99 * DAY_MS)).toBeNull();
          for (const from of ['a', 'b', 'c', 'd']) {
            // Whoever follows the moves arrives somewhere.
            let at = from;
            for (let step = 0; step < 5; step += 1) at = of(state, at, now)?.to ?? at;
            expect(of(state, at, now)).toBeNull();
          }
        });
      }),
    );
  });
});
