/** One reader in a process of its own: trains, reads all texts, and tells what it found, how fast, and in how much memory. */
const readers = {
  zaima: ['./zaima.mjs', 'trainWhole'],
  zaimaExamples: ['./zaima.mjs', 'trainExamples'],
  nlpjs: ['./nlpjs.mjs', 'train'],
  naturalBayes: ['./natural.mjs', 'trainBayes'],
  naturalLogistic: ['./natural.mjs', 'trainLogistic'],
  keywords: ['./keywords.mjs', 'train'],
};
const warmUps = 200;

process.once('message', async ({ reader, texts, tuneTexts }) => {
  try {
    global.gc();
    const bare = process.memoryUsage().rss;
    const [file, name] = readers[reader];
    const { [name]: train } = await import(file);
    const begun = process.hrtime.bigint();
    const read = await train();
    const trainSeconds = Number(process.hrtime.bigint() - begun) / 1e9;
    for (let i = 0; i < warmUps; i++) await read(texts[i % texts.length]);
    const microseconds = [];
    const found = [];
    for (const text of texts) {
      const start = process.hrtime.bigint();
      const one = await read(text);
      microseconds.push(Number(process.hrtime.bigint() - start) / 1e3);
      found.push(one);
    }
    global.gc();
    const memoryBytes = process.memoryUsage().rss - bare;
    const tuneFound = [];
    for (const text of tuneTexts) tuneFound.push(await read(text));
    microseconds.sort((a, b) => a - b);
    process.send({ found, tuneFound, trainSeconds, memoryBytes, medianMicroseconds: microseconds[microseconds.length >> 1] });
  } catch (error) {
    process.send({ failed: error.stack });
  }
});
