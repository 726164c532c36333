import { useDeskState, useTicking } from './context';

/** What those who lead tell everybody, for as long as it holds. */
export function Broadcasts() {
  const broadcasts = useDeskState((state) => state.broadcasts);
  const now = useTicking((at) => Math.floor(at / 60_000)) * 60_000;
  const current = broadcasts.filter(({ untilAt }) => untilAt > now);
  if (current.length === 0) return null;
  return (
    <div className="broadcasts" role="status">
      {current.map(({ id, byName, text }) => (
        <p key={id}>
          <b>{byName}</b> {text}
        </p>
      ))}
    </div>
  );
}
