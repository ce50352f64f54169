/** What sending costs, where to, by whom and when; and what a buyer would be told. */
import { language, words } from '../shared/words.js';
import { AutoField } from './auto-field.js';
import { isRecord, valueAt } from './content.js';
import { NumberField } from './fields.js';
import { useCatalogue } from './lacking.js';
import { nameOf } from './parameter-words.js';
import { useSettings } from './settings-context.js';
import { TryShipping } from './try-shipping.js';

const provinces =
  '北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾'.split(
    ' ',
  );

export function ShippingPage() {
  useCatalogue();
  const { state } = useSettings();
  const w = words.value.settings;
  const lang = language.value;
  const shipping = valueAt(state.draft.value, ['shipping']);
  const named = new Set([...placesOf(valueAt(shipping, ['table']), 'regions'), ...textsOf(valueAt(shipping, ['notServed']))]);
  const open = provinces.filter((one) => !named.has(one));
  const couriers = [
    ...new Set([...textsOf(valueAt(shipping, ['couriers'])), ...placesOf(valueAt(shipping, ['table']), 'couriers')]),
  ];
  return (
    <div class="col">
      <TryShipping />
      <section class="card" aria-label={nameOf(['shipping', 'table'], lang)}>
        <div class="card-head">
          <h2>{nameOf(['shipping', 'table'], lang)}</h2>
          <span class="xs muted">{w.shipping.tableMore}</span>
        </div>
        <div class="card-body">
          <AutoField path={['shipping', 'table']} isBare />
          <p class="field-hint">{w.shipping.tableHelp}</p>
          {open.length > 0 && <p class="field-hint">{w.shipping.open(open.join('、'))}</p>}
        </div>
      </section>
      <div class="halves">
        <section class="card" aria-label={w.shipping.free}>
          <div class="card-head">
            <h2>{w.shipping.free}</h2>
          </div>
          <div class="card-body stack">
            <div class="bound-row">
              <AutoField path={['shipping', 'freeFromYuan']} />
              <AutoField path={['shipping', 'freeFromItems']} />
            </div>
            <AutoField path={['shipping', 'freeExcludes']} />
            <AutoField path={['shipping', 'notServed']} />
          </div>
        </section>
        <section class="card" aria-label={w.shipping.couriers}>
          <div class="card-head">
            <h2>{w.shipping.couriers}</h2>
          </div>
          <div class="card-body stack">
            <AutoField path={['shipping', 'couriers']} />
            {couriers.length > 0 && (
              <fieldset class="group">
                <legend>{nameOf(['shipping', 'surchargeYuan'], lang)}</legend>
                <div class="bound-row">
                  {couriers.map((courier) => (
                    <NumberField key={courier} path={['shipping', 'surchargeYuan', courier]} label={courier} />
                  ))}
                </div>
              </fieldset>
            )}
            <div class="bound-row">
              <AutoField path={['shipping', 'courierWish']} />
              <AutoField path={['shipping', 'ruralCouriers']} />
            </div>
            <AutoField path={['shipping', 'pickup']} />
          </div>
        </section>
      </div>
      <section class="card" aria-label={nameOf(['dispatch'], lang)}>
        <div class="card-head">
          <h2>{nameOf(['dispatch'], lang)}</h2>
        </div>
        <div class="card-body stack">
          <div class="bound-row">
            <AutoField path={['dispatch', 'shipsFrom']} />
            <AutoField path={['dispatch', 'cutOff']} />
            <AutoField path={['dispatch', 'trackingVisibleHours']} />
          </div>
          <AutoField path={['dispatch', 'usualDays']} />
          <AutoField path={['dispatch', 'shipsOn']} />
          <AutoField path={['dispatch', 'addressChange']} />
          <AutoField path={['dispatch', 'daysByRegion']} />
          <AutoField path={['dispatch', 'closed']} />
          <AutoField path={['dispatch', 'exceptions']} />
        </div>
      </section>
    </div>
  );
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function placesOf(rows: unknown, key: string): readonly string[] {
  return Array.isArray(rows) ? rows.flatMap((row) => (isRecord(row) ? textsOf(row[key]) : [])) : [];
}
