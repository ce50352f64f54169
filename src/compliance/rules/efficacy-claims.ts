/** Medical and other efficacy claims for goods that are no medicine (advertising law, articles 17 and 18). */
import { lines } from '../lines/efficacy-claims.js';
import { patternRule } from '../pattern-rule.js';

const wording = '亲，成分和用法请以详情页为准，效果因人而异，身体不适建议先咨询医生';
const denied =
  '(不|没|无|非|不能|不可|不会|没有|并不|无法|不具有|不具备|不是|不含|代替不了)(能|可以|会|用来|宣称|说|有|含|是|具有|用于|保证)*…{4}';
const illness =
  '(失眠|湿疹|鼻炎|咽炎|脚气|痔疮|便秘|胃病|胃炎|高血压|高血糖|高血脂|三高|糖尿病|痛风|关节炎|风湿|颈椎病|腰椎病|肩周炎|哮喘|过敏性鼻炎|痘痘|痤疮|粉刺|妇科炎症|炎症|癌|肿瘤|脱发|灰指甲|白发|近视|皮炎|感冒|咳嗽|病毒|抑郁|前列腺|痛经|宫寒|疤痕|色斑|黄褐斑|皱纹|水肿|甲状腺|口腔溃疡|牙周炎)';

/** What is wrong, for the agent. */
const why = {
  illness: {
    zh: '普通商品不能宣称疾病预防、治疗功能',
    en: 'ordinary goods may not be said to prevent or cure an illness',
  },
  approval: {
    zh: '未经批准不能宣称医疗、保健或特殊功效',
    en: 'medical, health or special effects may not be claimed without approval',
  },
  proof: {
    zh: '不能承诺见效时间，也不能用医生、专家作证明',
    en: 'no time until it works may be promised, and no doctor or expert may be called to witness',
  },
  effect: {
    zh: '不能承诺功效',
    en: 'no effect may be promised',
  },
};

export const rule = patternRule({
  id: 'efficacy-claims',
  severity: 'hint',
  points: 0,
  note: {
    zh: '药品、医疗器械和有批文的保健食品以批文为准',
    en: 'medicines, medical devices and approved health food go by their approval',
  },
  title: { zh: '功效宣称', en: 'efficacy claims' },
  replaces: 'rest',
  learned: { lines, because: { zh: '宣称疗效或保健功效', en: 'claims a healing or health effect' }, wording },
  breaches: [
    {
      find: `(治疗|治好|治愈|根治|医治|治|预防|缓解|消除|改善|杀灭|抑制|抵抗|对抗|祛除|去除|淡化|调理|赶走|告别|摆脱|解决)(了|好|您的)?…{3}${illness}|${illness}…{4}(治好|治愈|根治|能治|见效|有效|管用|(?<!不)好了|消失|没了|克星|特效|专治|痊愈|不再犯|不复发|明显改善)`,
      notAfter: denied,
      unless: '不能(治|代替|替代)|不是药|医生|就医|遵医嘱|批准文号|国药准字',
      because: why.illness,
      wording,
    },
    {
      find: '(排毒|抗癌|防癌|降血压|降血糖|降血脂|降三高|增高(?!鞋|垫|款|[\\d几]*厘米|[\\d·]*cm)|丰胸|壮阳|补肾|减肥|瘦身(?!衣|裤|款|效果图)|燃脂|溶脂|祛斑|祛痘|祛疤|生发|防脱|乌发|美白针|抗衰老|逆龄|返老还童|延年益寿|包瘦|月瘦|活血化瘀|疏通经络|清热解毒|增强免疫|提高免疫|提升免疫|消炎|杀菌率?99|驱寒祛湿|排湿|治百病|促进新陈代谢|细胞再生|修复基因|安神助眠|药到病除)…{6}(功效|效果|作用|有效|明显|没问题|快|能|可以|的|哦|呢|$|[,.])',
      notAfter: denied,
      unless: '不能|不是药|医生|就医|没有…{3}(功效|作用)|特殊化妆品|国妆特|批准文号|瘦身款',
      because: why.approval,
      wording,
    },
    {
      find: '([\\d]+|[一二两三四五六七八九十半几]+)(天|周|个?月|次|个?疗程|盒|瓶|分钟)…{3}(见效|(?<!内)有效|变白|美白|白了|瘦|减重|减掉|长高|祛斑|去斑|祛痘|痘痘|去皱|年轻|痊愈|好转|生发|治好)|无(任何)?副作用|(医生|专家|教授|医院|药监局?|国家)(都)?(推荐|认证|力荐|指定)(使用|产品|用|$|[,.])',
      notAfter: denied,
      unless: '建议(咨询|看)|不能|医生(的)?(建议|指导)',
      because: why.proof,
      wording,
    },
    {
      find: '(用|喝|吃|擦|涂|穿|戴|抹|贴|泡|睡)(了|上|完|过|着)?…{8}(过敏|湿疹|炎|痘|斑|疤|病|疼|痛|痒)…{3}(都|就|也)(能|会|可以)?(好(?!奇|像|多)|消|没了|治)',
      notAfter: denied,
      unless: '不能|医生|就医',
      because: why.illness,
      wording,
    },
    {
      find: `(喝|吃|用|穿|戴|贴|擦|泡)(了|上|完|过|着)?…{4}(长高|长个(?!子的)|变聪明|瘦下来|瘦好|不生病|百病|不感冒)|对${illness}…{3}(有好处|有帮助|有用|好(?!评|奇)|有效|有改善|有奇效|有作用|特别好)`,
      notAfter: denied,
      unless: '不能|医生|就医',
      because: why.illness,
      wording,
    },
    {
      find: '(吃|喝|用|穿|涂|贴)(了|上)?(能|会|可以|就|就能)(瘦(?!身衣)|变瘦|变白|变年轻)',
      notAfter: denied,
      because: why.effect,
      wording,
    },
  ],
  examples: {
    pass: [
      '这款面霜主要是保湿，效果因人而异',
      '颈椎不舒服建议先咨询医生',
      '枕头是支撑颈部的，不能治疗颈椎病哦',
      '食品不是药品，不能代替药物',
      '这款按摩仪可以放松一下肩颈',
      '增高鞋垫有3厘米和5厘米两种',
      '瘦身款的版型显腰细',
      '洗手液按说明书使用就可以',
    ],
    fail: [
      '这个贴了能治疗关节炎',
      '喝半个月失眠就好了，很管用',
      '一个疗程见效',
      '排毒养颜效果很好，减肥也可以',
      '降血压的效果明显',
      '用三天痘痘就没了',
      '无副作用，放心吃',
      '医生都推荐使用',
      '可以预防感冒，增强免疫力的',
      '祛斑很快的',
      '7天瘦10斤',
      '湿疹专治，用了见效',
    ],
  },
});
