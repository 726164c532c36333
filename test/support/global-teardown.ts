export default async function tearDown(): Promise<void> {
  // Put there by global-setup.
  await (globalThis as unknown as { endTestPostgres: () => Promise<void> }).endTestPostgres();
}
