import { byPattern } from './patterns';

const NETWORK = '(?:[Ww][Ii]-?[Ff][Ii]|无线|网络|[Ss][Ss][Ii][Dd])(?:网络?)?(?:的)?';
/** Latin names as routers print them. */
const LATIN = '[A-Za-z][\\w.-]*(?:[-_]\\w+)*';
const MOST_BYTES = 32;

/** A name that is taken for a network: bounded by the standard (802.11: 32 bytes), and never a mere word for one. */
const isName = (name: string): boolean =>
  name.length >= 3 &&
  new TextEncoder().encode(name).length <= MOST_BYTES &&
  !/^(?:wi-?fi|ssid|name|password|the|my|is|to|not|slow|down|iptv|app|ont|los|pon|5g|4g|2\.4g)$/i.test(
    name,
  ) &&
  !/怎么|什么|名字|密码|一下|[吗呢]/u.test(name);

/**
 * The name of a wireless network, after the words that announce one ("wifi名改成…", "network name to …"), before the words
 * that say what is wrong with it ("TP-LINK_8A3F连不上"), or as routers are named from the factory.
 */
export const findSsids = byPattern(
  'ssid',
  new RegExp(
    [
      `(?<=(?:${NETWORK}(?:名字|名称|名|账号)|(?:新)?名字|名称|[Ss][Ss][Ii][Dd])\\s*(?:想|要|给我|帮我)?(?:改成|改为|改叫|换成|换为|设成|设为|叫做|就?叫|改|是|:|：|\\s)?\\s*["“「']?)(?:${LATIN}|(?<=(?:改成|改为|改叫|换成|换为|设成|设为|叫做|叫)["“「']?)\\p{Script=Han}[\\p{Script=Han}\\w]{1,9}?)(?=["”」']|[,，。!！\\s行吧可]|就行|$)`,
      `(?<=把?${NETWORK}\\s*(?:改成|改为|改叫|换成|换为|设成|设为|叫做)\\s*["“「']?)${LATIN}`,
      `(?<=\\b(?:[Ww]i-?[Ff]i|WIFI|[Nn]etwork|SSID)(?: name)? (?:to|(?:is )?called|(?:is )?named|is(?=\\s*["']?(?:[A-Z]|[a-z]*[\\d_-]))) ["']?)(?:[A-Z][\\w-]*(?: [A-Z0-9][\\w-]*){1,3}|${LATIN})`,
      `(?<![\\w.])[A-Za-z]{2,12}(?:-[A-Za-z]{2,8})?[-_][\\w-]{2,16}(?=\\s*(?:这个|那个)?(?:[Ww]i-?[Ff]i|WIFI|无线|网|连不上|搜不到|没网|没有网|信号))`,
    ].join('|'),
    'gu',
  ),
  ([name]) => (isName(name) ? name : undefined),
);
