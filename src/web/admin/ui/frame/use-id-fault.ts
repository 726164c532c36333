import { useAdmin } from '../context';

/** Whether an id may be given: null when it may, and while none is written. */
export function useIdFault(): (id: string, taken: readonly string[]) => string | null {
  const { dialogs } = useAdmin().words;
  return (id, taken) => {
    if (id === '') return null;
    if (!/^[a-z][a-z0-9-]*$/.test(id)) return dialogs.badId;
    return taken.includes(id) ? dialogs.taken : null;
  };
}
