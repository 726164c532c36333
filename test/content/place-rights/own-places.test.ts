import { ownPlaces } from '../../../src/content/place-rights/own-places';

const named = (zh: string) => ({ zh, en: zh });
const city = (zh: string, ...districts: string[]) => ({
  name: named(zh),
  districts: districts.map((district) => ({ name: named(district), places: [] })),
});
const areas = {
  provinces: [
    { name: named('江苏省'), cities: [city('南京市', '鼓楼区', '秦淮区'), city('徐州市', '鼓楼区')] },
    { name: named('安徽省'), cities: [city('合肥市', '庐阳区')] },
    { name: named('北京市'), cities: [city('北京市', '海淀区')] },
  ],
};
const own = (...places: string[]) => [...ownPlaces(places, areas)].sort();

describe('ownPlaces', () => {
  it('has the cities of a province, and their districts', () => {
    expect(own('江苏省')).toEqual(['南京市', '徐州市', '江苏省', '秦淮区', '鼓楼区'].sort());
  });
  it('leaves out a district whose name is one elsewhere too', () => {
    expect(own('南京市')).toEqual(['南京市', '秦淮区'].sort());
    expect(own('南京市', '徐州市')).toContain('鼓楼区');
  });
  it('never gives the province of a city, but that a municipality is both', () => {
    expect(own('合肥市')).toEqual(['合肥市', '庐阳区'].sort());
    expect(own('北京市')).toEqual(['北京市', '海淀区'].sort());
  });
  it('has a place that is served no more by its name alone', () => {
    expect(own('杭州市')).toEqual(['杭州市']);
    expect(own()).toEqual([]);
  });
});
