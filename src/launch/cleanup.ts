/** What has to be ended, in the reverse order of its beginning; one that fails does not keep the others from ending. */
export interface Cleanup {
  add(end: () => unknown): void;
  run(): Promise<void>;
}

export function createCleanup(onError: (error: unknown) => void): Cleanup {
  const ends: (() => unknown)[] = [];
  return {
    add: (end) => void ends.push(end),
    async run() {
      for (let end = ends.pop(); end; end = ends.pop()) {
        try {
          await end();
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
