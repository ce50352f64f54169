/**
 * Weighted sums of rows of small whole numbers: of a message the rows of its grams. It is most of what the second reader
 * does, and one instruction on vectors does it for sixteen intents at once. No script reaches those instructions, so that this
 * is a function of WebAssembly: written out here, it needs no other language, no tool and no file beside this one.
 */

export interface RowSums {
  /** By row and column, `stride` a row: to be filled before the first sum. */
  readonly weights: Int8Array;
  /** From one row to the next. */
  readonly stride: number;
  /** Of each column, of its sum: what it is multiplied with, then what is added. */
  readonly steps: Float32Array;
  readonly biases: Float32Array;
  /**
   * By column: of the first `length` rows named in `places` the sum of each weight times its row's value, times step, plus bias.
   * The array is reused by the next sum.
   * @throws RangeError where there are more than `mostSummed`
   */
  readonly sumsOf: (places: Int32Array, values: Float32Array, length: number) => Float32Array;
}

/** Columns that are summed at once: as many bytes as a vector holds. */
const lanes = 16;
const wordBytes = 4;
const pairBytes = 2 * wordBytes;
const pageBytes = 65536;

/**
 * @param rows how many there are
 * @param columns of each
 * @param mostSummed so many rows are summed at most
 */
export function openRowSums(rows: number, columns: number, mostSummed: number): RowSums {
  const stride = Math.ceil(columns / lanes) * lanes;
  // Steps, biases and sums first, then the rows to be summed with their values in pairs, then all rows.
  const stepsAt = 0;
  const biasesAt = stepsAt + stride * wordBytes;
  const sumsAt = biasesAt + stride * wordBytes;
  const pairsAt = sumsAt + stride * wordBytes;
  const weightsAt = pairsAt + mostSummed * pairBytes;
  const pages = Math.ceil((weightsAt + rows * stride) / pageBytes);
  const memory = new engine.Memory({ initial: pages, maximum: pages });
  const { buffer } = memory;
  const {
    exports: { sum },
  } = new engine.Instance(compiled(), { room: { memory } });
  const pairs = new Int32Array(buffer, pairsAt, mostSummed * 2);
  const pairValues = new Float32Array(buffer, pairsAt, mostSummed * 2);
  const sums = new Float32Array(buffer, sumsAt, columns);

  return {
    weights: new Int8Array(buffer, weightsAt, rows * stride),
    stride,
    steps: new Float32Array(buffer, stepsAt, columns),
    biases: new Float32Array(buffer, biasesAt, columns),
    sumsOf(places, values, length) {
      if (length > mostSummed) throw new RangeError(`${length} rows are more than the ${mostSummed} that there is room for`);
      // What is named in front of a loop is known there for the very array that it is.
      const into = pairs;
      const weighted = pairValues;
      for (let i = 0; i < length; i++) {
        into[2 * i] = weightsAt + Math.imul(places[i]!, stride);
        weighted[2 * i + 1] = values[i]!;
      }
      sum(pairsAt, pairsAt + length * pairBytes, stride, stepsAt, biasesAt, sumsAt);
      return sums;
    },
  };
}

/** What is used of the engine's own, of which neither the language's types nor Node's tell. */
interface Engine {
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly sum: Sum } };
}
type Sum = (pairs: number, end: number, stride: number, steps: number, biases: number, sums: number) => void;

const { WebAssembly: engine } = globalThis as unknown as { readonly WebAssembly: Engine };
let module: object | undefined;

/** One for all readers. */
function compiled(): object {
  module ??= new engine.Module(Uint8Array.from(moduleBytes()));
  return module;
}

// The binary format of WebAssembly 2.0: section numbers, types and instructions.
const section = { types: 1, imports: 2, functions: 3, exports: 7, code: 10 };
const type = { i32: 0x7f, v128: 0x7b, function: 0x60, nothing: 0x40 };
const kind = { function: 0, memory: 2 };
/** Of a memory: it has a largest size, which is not checked where what is asked for is no smaller. */
const limited = 1;
const most = 65536;

type Bytes = readonly number[];

/** LEB128, as all whole numbers are written there. */
function whole(number: number): Bytes {
  return number < 0x80 ? [number] : [(number & 0x7f) | 0x80, ...whole(number >>> 7)];
}

const listed = (...items: readonly Bytes[]): Bytes => [...whole(items.length), ...items.flat()];
const sized = (bytes: Bytes): Bytes => [...whole(bytes.length), ...bytes];
const named = (name: string): Bytes => sized(Array.from(name, (one) => one.charCodeAt(0)));
const sectionOf = (number: number, content: Bytes): Bytes => [number, ...sized(content)];

const get = (local: number): Bytes => [0x20, ...whole(local)];
const set = (local: number): Bytes => [0x21, ...whole(local)];
const constant = (number: number): Bytes => [0x41, ...whole(number)];
const added: Bytes = [0x6a];
const shiftedLeft: Bytes = [0x74];
const isBelow: Bytes = [0x49];
const againIf: Bytes = [0x0d, 0];
const ended: Bytes = [0x0b];
const repeated = (body: Bytes): Bytes => [0x03, type.nothing, ...body, ...ended];
const when = (body: Bytes): Bytes => [0x04, type.nothing, ...body, ...ended];
/** A word from an address, so many bytes further on. */
const loadWord = (offset: number): Bytes => [0x28, 2, ...whole(offset)];
const vector = (instruction: number): Bytes => [0xfd, ...whole(instruction)];
/** Vectors may stand anywhere: alignment 0. */
const loadVector = (offset: number): Bytes => [...vector(0), 0, ...whole(offset)];
const loadToAll = (offset: number): Bytes => [...vector(9), 2, ...whole(offset)];
const storeVector = (offset: number): Bytes => [...vector(11), 0, ...whole(offset)];
const noughts: Bytes = [...vector(12), ...Array.from({ length: lanes }, () => 0)];
const bytesToShorts = { low: vector(0x87), high: vector(0x88) };
const shortsToWords = { low: vector(0xa7), high: vector(0xa8) };
const wordsToFloats = vector(0xfa);
const floatsAdded = vector(0xe4);
const floatsTimes = vector(0xe6);

/** What the function is given, then what it works with. */
const [pairs, end, stride, steps, biases, sums] = [0, 1, 2, 3, 4, 5];
const [at, column, four, value, row, half, first] = [6, 7, 8, 9, 10, 11, 12];
const quarters = [0, 1, 2, 3];

/** For sixteen columns at a time over all rows: four sums at a time stay in registers. */
function sumInstructions(): Bytes {
  const addRow: Bytes = [
    ...get(at),
    ...loadWord(0),
    ...get(column),
    ...added,
    ...loadVector(0),
    ...set(row),
    ...get(at),
    ...loadToAll(wordBytes),
    ...set(value),
    ...quarters.flatMap((quarter) => [
      ...(quarter % 2 === 0 ? [...get(row), ...(quarter === 0 ? bytesToShorts.low : bytesToShorts.high), ...set(half)] : []),
      ...get(half),
      ...(quarter % 2 === 0 ? shortsToWords.low : shortsToWords.high),
      ...wordsToFloats,
      ...get(value),
      ...floatsTimes,
      ...get(first + quarter),
      ...floatsAdded,
      ...set(first + quarter),
    ]),
  ]; // prettier-ignore
  const store: Bytes = quarters.flatMap((quarter) => [
    ...get(sums),
    ...get(four),
    ...added,
    ...get(first + quarter),
    ...get(steps),
    ...get(four),
    ...added,
    ...loadVector(quarter * lanes),
    ...floatsTimes,
    ...get(biases),
    ...get(four),
    ...added,
    ...loadVector(quarter * lanes),
    ...floatsAdded,
    ...storeVector(quarter * lanes),
  ]);
  const next = (local: number, by: number): Bytes => [...get(local), ...constant(by), ...added, ...set(local)];
  return [
    ...repeated([
      ...quarters.flatMap((quarter) => [...noughts, ...set(first + quarter)]),
      ...get(pairs),
      ...set(at),
      ...get(at),
      ...get(end),
      ...isBelow,
      ...when(repeated([...addRow, ...next(at, pairBytes), ...get(at), ...get(end), ...isBelow, ...againIf])),
      ...get(column),
      ...constant(2),
      ...shiftedLeft,
      ...set(four),
      ...store,
      ...next(column, lanes),
      ...get(column),
      ...get(stride),
      ...isBelow,
      ...againIf,
    ]),
    ...ended,
  ];
}

function moduleBytes(): Bytes {
  const parameters = [pairs, end, stride, steps, biases, sums].map(() => [type.i32]);
  const locals = listed([3, type.i32], [first + quarters.length - value, type.v128]);
  return [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...sectionOf(section.types, listed([type.function, ...listed(...parameters), ...listed()])),
    ...sectionOf(section.imports, listed([...named('room'), ...named('memory'), kind.memory, limited, 1, ...whole(most)])),
    ...sectionOf(section.functions, listed([0])),
    ...sectionOf(section.exports, listed([...named('sum'), kind.function, 0])),
    ...sectionOf(section.code, listed(sized([...locals, ...sumInstructions()]))),
  ];
}
