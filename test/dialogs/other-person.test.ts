import { findOtherPerson } from '../../src/dialogs/other-person';

describe('whom somebody reports for', () => {
  it.each([
    ['我妈家的网断了，她不会弄', 'mother'],
    ['我爸说电视看不了，他不会弄，你跟我说我教他', 'father'],
    ['帮我奶奶报修，她家座机没声音', 'grandmother'],
    ['我爸妈那边宽带坏了', 'parents'],
    ['老人家里断网了 我在外地上班', 'elderly relative'],
    ['替邻居问下，他家没网了', 'neighbour'],
    ['我妈的手机没信号', 'mother'],
    ["my mother's internet is down", 'mother'],
    ['my mums wifi stopped working', 'mother'],
    ['calling for my grandma, her landline is dead', 'grandmother'],
    ["my elderly dad's broadband is out", 'father'],
    ["my father's tv is black, he can't do it himself", 'father'],
    ['reporting on behalf of my neighbour', 'neighbour'],
  ])('%s: %s', (text, relation) => {
    expect(findOtherPerson(text)?.relation).toBe(relation);
  });

  it.each([
    '家里断网了',
    '我妈说网断了',
    '我家断网了，邻居家也断了',
    '隔壁邻居家都正常，就我家没网',
    '我爸妈要看电视，看不了',
    '朋友推荐我来装宽带',
    "my neighbour's internet is fine, mine is not",
    "my friend's wifi is down too",
    'my mother told me to call you',
    'the tv in my room is dead',
  ])('%s: nobody else', (text) => {
    expect(findOtherPerson(text)).toBeNull();
  });
});
