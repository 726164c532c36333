/** One run at a time, and once more when asked meanwhile; several requests within a moment are one. */
export function gathered(work: () => Promise<void>, afterMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isRunning = false;
  let isWanted = false;
  async function run(): Promise<void> {
    timer = null;
    if (isRunning) {
      isWanted = true;
      return;
    }
    isRunning = true;
    await work().finally(() => {
      isRunning = false;
    });
    if (!isWanted) return;
    isWanted = false;
    ask();
  }
  function ask(): void {
    if (timer !== null) return;
    timer = setTimeout(() => void run(), afterMs);
  }
  return ask;
}
