/** Milliseconds of the processor's time since a moment: unlike a clock's they stand still while others have the cores. */
export function startCpuTimer(): () => number {
  const from = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  };
}
