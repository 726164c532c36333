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
  async function hear(line: RegExp, withinMs = 15_000): Promise<string[]> {
    let fresh: string[] = [];
    await until(async () => {
      fresh = (await linesOf()).slice(heard);
      return fresh.some((text) => line.test(text));
    }, withinMs).catch((error) => {
      throw new Error(`nothing like ${line} came on WeChat, but: ${JSON.stringify(fresh)}`, { cause: error });
    });
    heard += fresh.length;
    return fresh;
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
    /** Writes, and answers what came since, once a line of it fits. */
    async ask(text: string, answer: RegExp): Promise<string[]> {
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
