import { normalize } from './normalize';

/**
 * "TV says no signal, internet works fine": one service is named because it works, and another because it does not. The
 * first is no concern, and in the eyes of a classifier of words it outweighs the second.
 */
const SERVICES = [
  {
    name: 'tv',
    words: '电视(?:机|盒子)?|机顶盒|iptv|\\btv\\b|\\btelly\\b|\\btelevision\\b|\\bset-?top box\\b',
  },
  {
    name: 'landline',
    words: '座机|固话|固定电话|家里电话|\\blandline\\b|\\bhome phone\\b|\\bhouse phone\\b|\\bphone line\\b',
  },
  { name: 'wifi', words: '无线网?|wi-?fi' },
  {
    name: 'mobile',
    words:
      '手机(?:信号|流量|(?=.{0,3}信号))|流量|\\bmobile(?: data| phone)?\\b|\\bcell(?: phone| service)?\\b|\\b[45]g\\b',
  },
  {
    name: 'internet',
    words: '上网|网络|宽带|网速|网|\\b(?:inter)?net\\b|\\bbroadband\\b|\\bweb\\b',
  },
  {
    name: 'rest',
    words:
      '(?:其[他它]|别的|剩下)(?:的|设备|东西|都)*|\\b(?:everything|anything|all) else\\b|\\bthe rest\\b|\\bother (?:things|devices|services)\\b',
  },
] as const;

const ALL = SERVICES.map(({ words }) => words).join('|');
/** Between the service and that it works. */
const LINK =
  '(?:都|是|也|还|倒|却|又|本身|上|的|这边|那边|这块|一直|用着?|看着?|起来|\\s|\\b(?:is|are|does|do|seems?|still|all|itself|here|just|on (?:my|the) \\w+|though)\\b)*';
const WORKS =
  '(?:挺|很|蛮|完全)?(?:好的?|没(?:有)?问题|没事|没毛病|没坏|没断|没影响|正常|可以(?:用|上|看)?|能(?:用|上网?|看|打|通)|有网|有信号|通的?|在线|行|ok|okay|\\b(?:works?|working|fine|good|alright|all right|normal|perfect|great|up|connected|running)\\b)(?:\\s?(?:的|啊|呀|呢|着|fine|ok|okay|well|perfectly|normally|great|good|and running|though|tho))*';
/** What follows must not take it back: "works only at night", "能上但是慢". */
const END =
  '(?=\\s*(?:$|[,，。.;；!！、()（）]|but|and|while|only|just|yet|however|except|though|但|可是|可|就|只|不过|然而|' +
  ALL +
  '))';

/** One device that works says something beside a service that does not, and nothing beside another device. */
const DEVICE = { name: 'device', words: '电脑|\\bcomputers?\\b|\\blaptop\\b|\\bpc\\b' };
const working = [...SERVICES, DEVICE].map(({ name, words }) => ({
  name,
  pattern: new RegExp(`(?:${words})${LINK}${WORKS}${END}`, 'iu'),
}));
const named = SERVICES.map(({ name, words }) => ({ name, pattern: new RegExp(words, 'iu') }));
const ON_A_SET: ReadonlySet<string> = new Set(['tv', 'landline']);
const BROKEN =
  /[不没无坏断黑红卡慢死挂]|转圈|花屏|雪花|故障|\b(?:no|not|dead|down|broken|broke|black|blank|frozen|freez\w*|stuck|error|out|nothing|fail\w*|silent|buffer\w*|missing|gone|slow)\b|n[o']?t\b|\bcan ?not\b/iu;

/** The words about what does not work; the text as it is where it does not speak of two services so. */
export function brokenPart(text: string): string {
  const said = normalize(text);
  for (const { name, pattern } of working) {
    const found = pattern.exec(said);
    if (!found) continue;
    const rest = `${said.slice(0, found.index)} ${said.slice(found.index + found[0].length)}`;
    const isOther = named.some(
      (service) =>
        service.name !== name &&
        service.pattern.test(rest) &&
        (name !== 'device' || ON_A_SET.has(service.name)),
    );
    if (isOther && BROKEN.test(rest)) return rest.trim();
  }
  return text;
}
