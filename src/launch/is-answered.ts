import { Socket } from 'node:net';

/** Whether somebody listens at the host and port of an address; waits three seconds at most. */
export function isAnswered(url: string, defaultPort: number): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = new Socket().setTimeout(3000);
    const answer = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(false));
    socket.connect(Number(port || defaultPort), hostname);
  });
}
