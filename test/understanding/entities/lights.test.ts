import { findLights } from '../../../src/understanding/entities/lights';

const values = (entities: { value: unknown }[]) => entities.map(({ value }) => value);

describe('lights', () => {
  it.each([
    ['光猫一直闪红灯', { light: 'los', colour: 'red', isBlinking: true }],
    ['光猫红灯闪', { light: 'los', colour: 'red', isBlinking: true }],
    ['光貓紅燈閃', { light: 'los', colour: 'red', isBlinking: true }],
    ['PON灯不亮', { light: 'pon', colour: 'off', isBlinking: false }],
    ['光猫上网络灯红了', { light: 'internet', colour: 'red', isBlinking: false }],
    ['家里上网红灯闪', { light: 'los', colour: 'red', isBlinking: true }],
    ['网口灯橙色', { light: 'lan', colour: 'orange', isBlinking: false }],
    ['无线灯灭了', { light: 'wifi', colour: 'off', isBlinking: false }],
    ['PON灯一直闪', { light: 'pon', colour: null, isBlinking: true }],
    ['the internet light is amber', { light: 'internet', colour: 'orange', isBlinking: false }],
    ['the modem has a red light', { light: 'los', colour: 'red', isBlinking: false }],
  ])('reads "%s"', (text, value) => expect(values(findLights(text))).toEqual([value]));
});
