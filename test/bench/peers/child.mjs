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
    // Of the processor, not of the clock: others may be at work.
    const begun = process.cpuUsage();
    const read = await train();
    const { user, system } = process.cpuUsage(begun);
    const trainSeconds = (user + system) / 1e6;
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
