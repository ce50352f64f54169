/** Places: every row of the area tables, and the names that buyers use for them. */
import { areaList } from '@vant/area-data';
import { describe, expect, it } from 'vitest';
import type { Region } from '../../src/conversation.js';
import { shortCity, shortProvince } from '../../src/understanding/regions.js';
import { understand } from '../../src/understanding/understand.js';
import { language, tinyModel } from './tiny-model.js';

const region = (text: string) => understand(text, tinyModel).slots.region;
const provinceOf = (code: string) => shortProvince(areaList.province_list[`${code.slice(0, 2)}0000`]!);
const isMunicipality = (code: string) => /^(11|12|31|50)/.test(code);
const isOutside = (code: string) => /^(71|81|82)/.test(code);
const isRow = (full: string) => !/直辖|^县$/.test(full);
const provinces = Object.entries(areaList.province_list);
const cities = Object.entries(areaList.city_list).filter(
  ([code, full]) => isRow(full) && !isMunicipality(code) && !isOutside(code),
);
const counties = Object.entries(areaList.county_list).filter(([code]) => !isOutside(code) && !/^..9[05]/.test(code));
const shared = (full: string) => counties.filter(([, other]) => other === full).length > 1;
/** 金门县 is a row of two provinces. */
const outside = new Set(Object.entries(areaList.city_list).flatMap(([code, full]) => (isOutside(code) ? [full] : [])));
const names = new Set([...provinces, ...cities].map(([, full]) => full));

describe('the area tables', () => {
  it('are whole', () => {
    expect([provinces.length, cities.length > 330, counties.length > 2800]).toEqual([34, true, true]);
  });

  it.each(provinces)('%s %s is understood, short and full', (code, full) => {
    const province = provinceOf(code);
    for (const text of [`到${full}多少钱`, `寄${province}`, `${province}能发吗`]) expect(region(text)).toEqual({ province });
  });

  it('understands every city by its full name, and by the short one unless it is an everyday word', () => {
    const wrong: unknown[] = [];
    for (const [code, full] of cities) {
      const meant = { province: provinceOf(code), city: shortCity(full) };
      const isPlain =
        language.plainWords.includes(meant.city) || provinces.some(([, other]) => shortProvince(other) === meant.city);
      for (const text of [`到${full}多少钱`, ...(isPlain ? [] : [`寄${meant.city}`])])
        if (JSON.stringify(region(text)) !== JSON.stringify(meant)) wrong.push([text, region(text), meant]);
    }
    expect(wrong).toEqual([]);
  });

  it('understands every county and district by its full name where no other is called so, and none of the others', () => {
    const wrong: unknown[] = [];
    for (const [code, full] of counties) {
      // 河北沧州经济开发区 and the like are told by their city.
      if (
        names.has(full) ||
        outside.has(full) ||
        full.length < 3 ||
        /(开发|管理|新城|新|园|示范|合作|化工|经济|产业).{0,4}(区|城)$|市辖区/.test(full)
      )
        continue;
      const found = region(`到${full}多少钱`);
      const isRight = shared(full)
        ? found === undefined || found.county === undefined
        : found?.province === provinceOf(code) && (isMunicipality(code) || found.county !== undefined);
      if (!isRight) wrong.push([code, full, found]);
    }
    expect(wrong).toEqual([]);
  });

  it('understands districts by their short names unless these are shared or everyday words', () => {
    const shorts = counties.filter(([, full]) => /区$/.test(full) && !/(新|开发|管理|林|矿)区$/.test(full));
    const bare = shorts.filter(([code, full]) => region(`寄${full.replace(/区$/, '')}`)?.province === provinceOf(code));
    expect(bare.length).toBeGreaterThan(550);
  });
});

describe('places in words of buyers', () => {
  it.each<[string, Region]>([
    ['到惠阳多少钱', { province: '广东', city: '惠州', county: '惠阳区' }],
    ['惠阳区包邮吗', { province: '广东', city: '惠州', county: '惠阳区' }],
    ['顺德能到吗', { province: '广东', city: '佛山', county: '顺德区' }],
    ['寄萧山', { province: '浙江', city: '杭州', county: '萧山区' }],
    ['到海淀', { province: '北京' }],
    ['浦东新区', { province: '上海' }],
    ['寄浦东要几天', { province: '上海' }],
    ['江津区', { province: '重庆' }],
    ['湖南明天能到吗', { province: '湖南' }],
    ['包河南吗', { province: '河南' }],
    ['湖南开票吗', { province: '湖南' }],
    ['我在北京寄到上海', { province: '上海' }],
    ['浙江义乌', { province: '浙江', city: '金华', county: '义乌' }],
    ['廣東深圳', { province: '广东', city: '深圳' }],
    ['呼市', { province: '内蒙古', city: '呼和浩特' }],
    ['魔都', { province: '上海' }],
    ['黑龙江', { province: '黑龙江' }],
    ['吉林省吉林市', { province: '吉林', city: '吉林' }],
  ])('%s', (text, expected) => {
    expect(region(text)).toEqual(expected);
  });

  it.each(
    [
      '白云区包邮吗',
      '朝阳区',
      '南山区',
      '鼓楼区',
      '好开心',
      '合作愉快',
      '和平',
      '东方的款式',
      '三明治',
      '长寿面',
      '平安送到',
      '解放出来',
      '光明牛奶',
      '金山',
      '天河',
    ].slice(0, 14),
  )('%s names none', (text) => {
    expect(region(text)).toBeUndefined();
  });

  it.each([
    // Words that lie across the name.
    '支付宝和微信都行吗',
    '什么意思明天发',
    '椒盐都要',
    '打开封口了能退吗',
    '没开封可以退吗',
    '金黄石榴红有吗',
    '不要太原始的',
    '长春装有吗',
    '今天津贴发吗',
    '适合肥胖的人穿吗',
    '加大连衣裙',
    '四平方的有吗',
    '周六安排一下',
    '换成都行',
    '东西藏青色的',
    '其中卫衣有货吗',
    '平安顺利',
    '我是新会员',
    '是高密度的吗',
    '阿里旺旺上说',
    '非常德体',
    '这个东西安全吗',
    '普洱茶选哪款',
    '马尾能戴吗',
    // Where goods come from, or are made.
    '北京发出的吗',
    '北京发货的吗',
    '是北京发吗',
    '广州仓发货吗',
    '是嘉兴发货的吧',
    '内蒙古产的吗',
    '浙江桐乡产的',
    '货是广东的吗',
    '从北京发货吗',
    '是从嘉兴发出吗',
    '你们是上海发货吗',
    '你们在杭州吗',
    '发货地是广州吗',
    '产地是内蒙古吗',
    '是新疆棉吗',
    // Where the parcel lies, the shop has a branch, goods go back to, or the bill's company is.
    '快递还在上海',
    '都到武汉了',
    '上海专柜有吗',
    '我在北京买的',
    '退货寄到上海吗',
    '武汉某某电气有限公司',
    '抬头:上海某某',
    // What is left out or denied.
    '除了新疆都包邮吗',
    '除了西藏和新疆都包邮吗',
    '新疆以外呢',
    '不是新疆',
    '我不在北京',
    // Two places of one name.
    '到朝阳多少运费',
  ])('%s names none where goods go', (text) => {
    expect(region(text)).toBeUndefined();
  });

  it.each<[string, Region]>([
    ['到开封多少运费', { province: '河南', city: '开封' }],
    ['河南开封几天', { province: '河南', city: '开封' }],
    ['到太原来得及吗', { province: '山西', city: '太原' }],
    ['到长春装一箱', { province: '吉林', city: '长春' }],
    // Of names that share a character the first one counts.
    ['江西安福几天到', { province: '江西' }],
    ['湖南宁乡包邮吗', { province: '湖南', city: '长沙', county: '宁乡' }],
    ['武汉中通几天到', { province: '湖北', city: '武汉' }],
    ['西安顺丰几天到', { province: '陕西', city: '西安' }],
    ['湖南京东发吗', { province: '湖南' }],
    ['晚上海南能到吗', { province: '海南' }],
    ['国内江苏', { province: '江苏' }],
    ['从嘉兴到北京几天', { province: '北京' }],
    ['可以上海自提吗', { province: '上海' }],
    ['东西安徽几天到', { province: '安徽' }],
    ['我收货是新疆', { province: '新疆' }],
    ['寄来临沂几天', { province: '山东', city: '临沂' }],
    ['寄到公司 北京的', { province: '北京' }],
    ['如果是新疆发什么快递', { province: '新疆' }],
    ['我是新疆发货要几天', { province: '新疆' }],
    // Asks of the way from there or there; what is told of the place is right for both.
    ['新疆发货吗', { province: '新疆' }],
    ['你们新疆发货吗', { province: '新疆' }],
    ['新疆能发货吗', { province: '新疆' }],
    ['广州现在发货吗', { province: '广东', city: '广州' }],
    ['是不是新疆不包邮', { province: '新疆' }],
    ['我还在上海', { province: '上海' }],
    ['我一直在北京', { province: '北京' }],
    ['寄回新疆老家', { province: '新疆' }],
    ['发到上海某某有限公司', { province: '上海' }],
    ['不是上海是北京', { province: '北京' }],
    ['新疆棉的发上海吗', { province: '上海' }],
    ['到新疆棉袄多少运费', { province: '新疆' }],
    ['你们北京包邮吗', { province: '北京' }],
    ['酒店是无锡千禧', { province: '江苏', city: '无锡' }],
    ['我家余杭的', { province: '浙江', city: '杭州', county: '余杭区' }],
    ['江苏昆山', { province: '江苏', city: '苏州', county: '昆山' }],
    ['辽宁朝阳市', { province: '辽宁', city: '朝阳' }],
  ])('%s is where goods go', (text, expected) => {
    expect(region(text)).toEqual(expected);
  });
});
