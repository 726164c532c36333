import { drawLights, lightsReference, nameLights, readLights } from '../../src/pictures/ont-lights';

const RED = { power: 'green', los: 'red-blinking', point: 'los' } as const;

describe('a picture of the lights of an ONT', () => {
  it('shows each light in its state, the blinking one blinking, and rings the one that is meant', () => {
    const drawn = drawLights(RED);
    expect(drawn.match(/<text /g)).toHaveLength(5);
    expect(drawn).toMatch(/#35c759[^\n]*POWER/);
    expect(drawn).toMatch(/stroke="#ffd60a"[^\n]*class="blink"[^\n]*#ff453a[^\n]*LOS/);
    expect(drawn).toMatch(/<g><circle[^\n]*#3a434c[^\n]*PON/);
    expect(drawn.match(/class="blink"/g)).toHaveLength(1);
  });

  it('stands still for those who want no motion', () => {
    expect(drawLights(RED)).toContain('prefers-reduced-motion');
  });

  it.each([
    ['zh', '光猫指示灯：POWER 绿灯亮，LOS 红灯闪'],
    ['en', 'Lights of the modem: POWER green, LOS blinking red'],
  ] as const)('says the same in words: %s', (locale, words) => {
    expect(nameLights(RED, locale)).toBe(words);
  });

  it('is found again by its reference', () => {
    const reference = lightsReference(RED);
    expect(reference).toMatch(/^picture:\/pictures\/ont\.svg\?/);
    expect(readLights(reference.split('?')[1] ?? '')).toEqual(RED);
  });

  it.each(['power=purple', 'power=green&x=1', 'point=door', 'los=%3Cscript%3E'])(
    'is not made of %s',
    (query) => {
      expect(readLights(query)).toBeNull();
    },
  );
});
