import { byPattern } from './patterns';

/** What a customer says of a lamp on the ONT. */
export interface LightValue {
  light: 'los' | 'pon' | 'power' | 'internet' | 'lan' | 'wifi' | null;
  colour: 'red' | 'orange' | 'green' | 'off' | null;
  isBlinking: boolean;
}

const names: [LightValue['light'], RegExp][] = [
  ['los', /los|光信号/i],
  ['pon', /pon|注册/i],
  ['power', /电源|power/i],
  ['wifi', /wi-?fi|wlan|无线/i],
  ['internet', /(?:internet|网络|上网)\s*(?:指示)?(?:灯|light)/i],
  ['lan', /lan|网口/i],
];

const colours: [LightValue['colour'], RegExp][] = [
  ['off', /不亮|灭|没亮|\boff\b/i],
  ['red', /红|hong ?deng|\bred\b/i],
  ['orange', /橙|橘|黄|\b(?:orange|amber|yellow)\b/i],
  ['green', /绿|\bgreen\b/i],
];

const firstOf = <T>(pairs: [T, RegExp][], text: string): T | null =>
  pairs.find(([, pattern]) => pattern.test(text))?.[0] ?? null;

const LIGHT =
  /(?:(?:(?:internet|网络|上网)\s*(?=灯|指示灯|light)|(?:los|pon|注册|电源|power|lan|网口|wi-?fi|wlan|无线|光信号)\s*(?:灯|指示灯|light)?)[^，。,.;；!！?？]{0,6}?)?(?:闪(?:着|烁)?红灯|红灯(?:在?闪|一直闪|亮)?|红色[^，。,.]{0,4}|闪红(?:光)?|亮红(?:灯)?|绿灯(?:在?闪|常亮|亮)?|[橙橘黄]灯(?:在?闪|常亮|亮)?|(?:灯|light)[^，。,.;；!！?？]{0,6}(?:不亮|灭了?|没亮|红|绿|橙|橘|黄|\bred\b|\bgreen\b|\borange\b|\bamber\b|\byellow\b|\boff\b)|\bred (?:blinking |flashing )?light|\b(?:green|orange|amber|yellow) light|hong ?deng|(?:los|pon|注册|光信号)(?:\s*灯)?(?:一直|还|老是|总)?(?:在|亮着?|一)?(?=闪))(?:[^，。,.;；!！?？]{0,4}闪| blinking| flashing)?/gi;

export const findLights = byPattern('light', LIGHT, ([words]): LightValue => {
  const colour = firstOf(colours, words);
  return {
    // A red light without a name is the one that reports a lost signal.
    light: firstOf(names, words) ?? (colour === 'red' ? 'los' : null),
    colour,
    isBlinking: /闪|blink|flash/i.test(words),
  };
});
