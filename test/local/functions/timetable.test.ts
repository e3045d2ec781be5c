import { expect, test } from 'vitest';
import { timetable } from '../../../local/functions/timetable';

const at = (text: string) => Date.parse(text);
const around = (cronExpression: string, nowText: string) => {
  const table = timetable(cronExpression, at('2027-01-01T00:00:00Z'));
  return [table.lastMs(at(nowText)), table.nextMs(at(nowText))].map((timeMs) =>
    new Date(timeMs).toISOString(),
  );
};

test.each([
  ['0 30 3 * * *', '2027-02-03T03:30:00Z', '2027-02-03T03:30:00.000Z', '2027-02-04T03:30:00.000Z'],
  ['0 30 3 * * *', '2027-02-03T03:29:59.999Z', '2027-02-02T03:30:00.000Z', '2027-02-03T03:30:00.000Z'],
  [
    'CRON_TZ=Asia/Shanghai 0 30 3 * * *',
    '2027-02-03T03:30:00Z',
    '2027-02-02T19:30:00.000Z',
    '2027-02-03T19:30:00.000Z',
  ],
  ['0 0/15 * * * *', '2027-02-03T10:20:30.500Z', '2027-02-03T10:15:00.000Z', '2027-02-03T10:30:00.000Z'],
  ['0 0 9 ? * MON-FRI', '2027-02-06T12:00:00Z', '2027-02-05T09:00:00.000Z', '2027-02-08T09:00:00.000Z'],
  ['@every 4m', '2027-01-01T00:09:00Z', '2027-01-01T00:08:00.000Z', '2027-01-01T00:12:00.000Z'],
  ['@every 1h', '2027-01-01T02:00:00Z', '2027-01-01T02:00:00.000Z', '2027-01-01T03:00:00.000Z'],
])('%s at %s ticked last at %s and ticks next at %s', (cronExpression, now, last, next) => {
  expect(around(cronExpression, now)).toEqual([last, next]);
});
