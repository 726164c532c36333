import { brokenPart } from '../../src/understanding/working-part';

describe('the part of a message that does not work', () => {
  it.each([
    ['TV says no signal, internet works fine', 'tv says no signal,'],
    ['tv no signal internet works fine', 'tv no signal'],
    ['wifi ok but landline dead', 'but landline dead'],
    ['internet is up and running, home phone has no dial tone', ', home phone has no dial tone'],
    ['only the telly is black, everything else is fine', 'only the telly is black,'],
    ['no internet but tv works', 'no internet but'],
    ['电视看不了但是网是好的', '电视看不了但是'],
    ['网是好的但是电视看不了', '但是电视看不了'],
    ['网能用电视黑屏', '电视黑屏'],
    ['座机没声音，别的都没问题', '座机没声音,'],
    ['電視能看，網斷了', ',网断了'],
    ['computer is fine, tv wont load', ', tv wont load'],
  ])('%s: %s', (text, part) => {
    expect(brokenPart(text).replace(/\s+/g, ' ').trim()).toBe(part);
  });

  it.each([
    'the internet works fine',
    'tv working now thanks',
    'my wifi is fine but slow',
    'internet works only at night, tv too',
    '网没问题就是慢',
    '电视也看不了网也没有',
    '网好了谢谢',
    '宽带能用吗',
    '电视正常收费吗',
    '我要装宽带和电视',
    '手机wifi能用，就电脑连不上',
    'computer is fine, wifi on my phone is not',
  ])('%s: is all of it', (text) => {
    expect(brokenPart(text)).toBe(text);
  });

  it('is found in time on hostile text', () => {
    const text = `${'internet is '.repeat(4000)}tv`;
    const before = performance.now();
    brokenPart(text);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
