import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

/** With BENCH_PROFILE a CPU profile of the measured time is written to that file. */
async function startProfile() {
  if (!process.env.BENCH_PROFILE) return null;
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  return session;
}

async function endProfile(session) {
  if (!session) return;
  const { profile } = await session.post('Profiler.stop');
  writeFileSync(process.env.BENCH_PROFILE, JSON.stringify(profile));
}

/** What every arm does with its parent: say where it listens, answer for its use of the machine, end when told. */
export function serveArm(port, extra = {}, end = () => process.exit(0)) {
  let before = process.cpuUsage();
  let profile = null;
  process.on('message', async (message) => {
    if (message === 'begin') {
      profile = await startProfile();
      before = process.cpuUsage();
      process.send({ type: 'begun' });
    }
    if (message === 'usage') {
      const { user, system } = process.cpuUsage(before);
      await endProfile(profile);
      process.send({ type: 'usage', cpuMicros: user + system, rssBytes: process.memoryUsage.rss() });
    }
    if (message === 'end') await end();
  });
  process.send({ type: 'listening', port, ...extra });
}
