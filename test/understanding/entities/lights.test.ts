import { findLights } from '../../../src/understanding/entities/lights';

const values = (entities: { value: unknown }[]) => entities.map(({ value }) => value);

describe('lights', () => {
  it.each([
    ['光猫一直闪红灯', { light: 'los', colour: 'red', isBlinking: true }],
    ['光猫红灯闪', { light: 'los', colour: 'red', isBlinking: true }],
    ['光貓紅燈閃', { light: 'los', colour: 'red', isBlinking: true }],
    ['PON灯不亮', { light: 'pon', colour: 'off', isBlinking: false }],
    ['the modem has a red light', { light: 'los', colour: 'red', isBlinking: false }],
  ])('reads "%s"', (text, value) => expect(values(findLights(text))).toEqual([value]));
});
