import { findAddresses } from '../../../../src/understanding/entities/address/find-addresses';

describe('addresses', () => {
  it.each([
    [
      '我在鼓楼区中山路18号3栋2单元',
      'address',
      { district: '鼓楼区', road: '中山路', number: '18号', building: '3栋', unit: '2单元' },
    ],
    ['翠屏国际城 7 幢', 'address', { community: '翠屏国际城', building: '7 幢' }],
    [
      '青羊小区5栋2单元3楼6号',
      'address',
      { community: '青羊小区', building: '5栋', unit: '2单元', floor: '3楼', number: '6号' },
    ],
    ['我在和平街5号1栋101', 'address', { road: '和平街', number: '5号', building: '1栋', room: '101' }],
    ['地址建邺区江东路66号', 'address', { district: '建邺区', road: '江东路', number: '66号' }],
    ['深南大道100號3棟1203', 'address', { road: '深南大道', number: '100号', building: '3栋', room: '1203' }],
    ['李家村3号', 'address', { community: '李家村', number: '3号' }],
    [
      '广东省深圳市南山区科技园南区高新南一道8号',
      'address',
      {
        province: '广东省',
        city: '深圳市',
        district: '南山区',
        community: '科技园南区',
        road: '高新南一道',
        number: '8号',
      },
    ],
    ['张杨路500弄12号601室', 'address', { road: '张杨路500弄', number: '12号', room: '601室' }],
    [
      '凤凰和熙B区9栋2单元301',
      'address',
      { community: '凤凰和熙B区', building: '9栋', unit: '2单元', room: '301' },
    ],
    [
      '和平里七区18号楼4门102',
      'address',
      { community: '和平里七区', building: '18号楼', unit: '4门', room: '102' },
    ],
    ['门牌号错了，应该是1204', 'address-part', { room: '1204' }],
    ['东单元', 'address-part', { unit: '东单元' }],
    [
      'Room 1203, Building 6, Riverside Garden',
      'address',
      { room: 'Room 1203', building: 'Building 6', community: 'Riverside Garden' },
    ],
    [
      '18 Zhongshan Road, Gulou District, Nanjing',
      'address',
      { road: '18 Zhongshan Road', district: 'Gulou District', city: 'Nanjing' },
    ],
    ['地址错了,是2栋不是3栋', 'address-part', { building: '2栋' }],
    ['不对,是3号楼', 'address-part', { building: '3号楼' }],
  ])('reads "%s"', (text, type, parts) => {
    const found = findAddresses(text);
    expect(found[0]).toMatchObject({ type, value: parts });
    for (const { start, end, text: words } of found) expect(text.slice(start, end)).toBe(words);
  });

  it('finds none where there is none', () => {
    expect(findAddresses('家里宽带断网了,光猫红灯闪,打了三次电话')).toEqual([]);
    for (const text of [
      '整个小区没网',
      '学生宿舍办宽带',
      '光缆垂到马路上',
      '有什么区别',
      '短信中心号码',
      '一栋楼都没网',
      'the whole building is offline',
      'block spam calls',
      '送锦旗',
    ])
      expect(findAddresses(text)).toEqual([]);
    expect(findAddresses('我那单子弄得咋样了,我在电话里教他')).toEqual([]);
  });
});
