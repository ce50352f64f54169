/** Icons: strokes of 16 by 16, drawn in the colour of the text. */

const paths = {
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zm3.6-1.4L14 14',
  link: 'M2 6.5a9 9 0 0 1 12 0M4.3 9a5.6 5.6 0 0 1 7.4 0M6.6 11.4a2.2 2.2 0 0 1 2.8 0M8 13.4h0',
  unlink: 'M2 6.5a9 9 0 0 1 3-1.9M14 6.5a9 9 0 0 0-4-2M4.3 9c.8-.7 1.7-1.1 2.7-1.3M8 13.4h0M2.5 2.5l11 11',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9',
  half: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8 2.5v11M8 5.5h4.4M8 8h5.4M8 10.5h4.4',
  warn: 'M8 2.5 14.2 13H1.8zM8 6.5v3M8 11.4h0',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.6',
  person: 'M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8zM3 13.5c.4-2.6 2.3-4 5-4s4.6 1.4 5 4',
  bot: 'M3.5 6.5h9a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1zM8 6.5V4M6 9.4h0M10 9.4h0M8 3.4h0',
  swap: 'M2.5 5.5h10M10 3l2.5 2.5L10 8M13.5 10.5h-10M6 8l-2.5 2.5L6 13',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  close: 'm4 4 8 8M12 4l-8 8',
  undo: 'M5.5 3 2.8 5.7l2.7 2.7M3 5.7h6a4 4 0 0 1 0 8H6',
  stop: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM4 12l8-8',
  down: 'm4 6 4 4 4-4',
  up: 'm4 10 4-4 4 4',
  edit: 'm3 13 .7-3L10.5 3.2l2.3 2.3L6 12.3z',
  copy: 'M6 5.5h6.5a1 1 0 0 1 1 1V13a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1zM3 10.5H2.6A1 1 0 0 1 1.6 9.500V3a1 1 0 0 1 1-1h6.500a1 1 0 0 1 1 1v.4',
  more: 'M3.5 8h0M8 8h0M12.5 8h0',
  bell: 'M4 11.500V7a4 4 0 0 1 8 0v4.500M2.800 11.500h10.400M6.700 13.800h2.600',
  mute: 'M4 11.500V7c0-.7.2-1.400.5-2M6.400 3.300A4 4 0 0 1 12 7v4M2.800 11.500h8.700M6.700 13.800h2.600M2.500 2.500l11 11',
  back: 'm10 3-5 5 5 5',
  flag: 'M4 14V2.500h8.500L10.500 5.500l2 3H4',
  plus: 'M8 3v10M3 8h10',
  grip: 'M6 4h0M10 4h0M6 8h0M10 8h0M6 12h0M10 12h0',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="ic" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
