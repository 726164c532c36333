import { isMobile, readPhone } from '../../src/customers/phone';

describe('phone numbers', () => {
  it.each([
    ['13800138000', '13800138000'],
    ['138 0013 8000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['008613800138000', '13800138000'],
    ['025-84001234', '02584001234'],
    ['(010) 6600 1234', '01066001234'],
  ])('reads %s as %s', (text, phone) => expect(readPhone(text)).toBe(phone));

  it.each([
    '',
    '12345',
    '1380013800',
    '23800138000',
    '138001380000',
    '13800138000;',
    '１３８',
    'x'.repeat(1e6),
  ])('does not read %.20s', (text) => expect(readPhone(text)).toBeNull());

  it('sends text messages to mobile numbers only', () => {
    expect(isMobile('13800138000')).toBe(true);
    expect(isMobile('02584001234')).toBe(false);
  });
});
