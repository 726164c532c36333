import { callJson } from './app';
import { until } from './turns';

/** A customer on the simulated WeChat of the whole server, as its page plays one. */
export function openWechatCustomer(url: string, user: string) {
  const linesOf = async (): Promise<string[]> => {
    const { body } = await callJson('GET', `${url}/simulator/wechat/state?user=${user}`);
    // The shape of the simulator's state.
    const lines = body.lines as { from: string; text?: string }[];
    return lines.flatMap(({ from, text }) => (from === 'account' && text ? [text] : []));
  };
  let heard = 0;
  /** What came after the line that was last waited for, up to the first that fits. */
  async function hear(line: RegExp, withinMs = 15_000): Promise<string[]> {
    let fresh: string[] = [];
    let at = -1;
    await until(async () => {
      fresh = (await linesOf()).slice(heard);
      at = fresh.findIndex((text) => line.test(text));
      return at >= 0;
    }, withinMs).catch((error) => {
      throw new Error(`nothing like ${line} came on WeChat, but: ${JSON.stringify(fresh)}`, { cause: error });
    });
    heard += at + 1;
    return fresh.slice(0, at + 1);
  }
  async function send(text: string): Promise<void> {
    const body = { user, action: { type: 'text', text } };
    const sent = await callJson('POST', `${url}/simulator/wechat/act`, { body });
    if (sent.status !== 202) throw new Error(JSON.stringify(sent));
  }
  return {
    hear,
    send,
    lines: linesOf,
    /** Writes, and answers what comes since, up to the first line that fits. */
    async ask(text: string, answer: RegExp): Promise<string[]> {
      heard = (await linesOf()).length;
      await send(text);
      return hear(answer);
    },
  };
}
export type WechatCustomer = ReturnType<typeof openWechatCustomer>;

/** The newest code that the simulated operator has sent to a phone. */
export async function readCode(url: string, phone: string): Promise<string> {
  const { body } = await callJson('GET', `${url}/simulator/operator/state`);
  // The shape of the simulator's state.
  const codes = body.codes as { phone: string; code: string }[];
  const code = codes.find((sent) => sent.phone === phone)?.code;
  if (!code) throw new Error('no code was sent to that phone');
  return code;
}
