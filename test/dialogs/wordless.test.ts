import { meaning, talk } from '../support/dialogs';
import { atLight, set } from './repair-set';

describe('what has no words', () => {
  it('is greeted once', () => {
    const customer = talk(set);
    expect(customer.say('喂', {}, 'greet')).toEqual(['<greeting>']);
    expect(customer.say('在吗', {}, 'greet')).toEqual(['<here>']);
    for (const text of ['。。。', '???', '']) expect(customer.say(text)).toEqual(['<here>']);
  });

  it('is acknowledged', () => {
    const customer = talk(set);
    expect(customer.say('😭')).toEqual(['<wordless>']);
    expect(customer.say('🙏')).toEqual(['<thanks>']);
    const picture = { type: 'utterance', understanding: meaning(''), hasAttachment: true } as const;
    expect(customer.send(picture)).toEqual(['<attachment>']);
  });

  it('leaves the open question open', () => {
    const customer = atLight();
    const picture = { type: 'utterance', understanding: meaning(''), hasAttachment: true } as const;
    expect(customer.send(picture)).toEqual(['<attachment>', '灯亮吗']);
    expect(customer.say('。。。')).toEqual(['<here>', '灯亮吗']);
    expect(customer.say('谢谢', {}, 'thanks')).toEqual(['<thanks>', '灯亮吗']);
  });
});
