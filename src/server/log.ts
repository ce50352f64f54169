/** The log: JSON lines on stderr (stdout belongs to what commands print). No message text, names or secrets. */
import { type DestinationStream, destination, type Logger, pino } from 'pino';

/** Nobody logs these; if somebody does one day, they stay out all the same. */
const redacted = ['text', 'words', 'name', 'buyer', 'authorization', 'secret', 'token', 'password', 'cookie'];

/** @param stream default: stderr, written at once, so that the last line before an end is there. */
export function openLog(level: string, stream: DestinationStream = destination({ fd: 2, sync: true })): Logger {
  const paths = redacted.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  return pino({ level, base: null, redact: { paths, censor: '***' } }, stream);
}
