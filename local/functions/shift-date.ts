/**
 * Loaded into every instance before the function (`node --require`): moves what `new Date()` and `Date.now()` say by the
 * offset of the laptop's clock, so that no code of a function knows of a clock that can be wound. Everything else of Date,
 * and performance.now(), stays as it is. The first offset is the program's last argument; later ones come from the host.
 */
import type { ToInstance } from './messages';

let offsetMs = Number(process.argv.at(-1)) || 0;
process.on('message', (message: ToInstance) => {
  if (message.kind === 'clock') offsetMs = message.offsetMs;
});

const MachineDate = Date;
const nowMs = () => MachineDate.now() + offsetMs;

globalThis.Date = new Proxy(MachineDate, {
  // Without `new`, Date ignores its arguments and tells the current time as text.
  apply: () => new MachineDate(nowMs()).toString(),
  construct: (target, given: unknown[], newTarget) =>
    Reflect.construct(target, given.length === 0 ? [nowMs()] : given, newTarget) as Date,
  get: (target, property, receiver): unknown =>
    property === 'now' ? nowMs : Reflect.get(target, property, receiver),
});
// So that `date.constructor === Date` and `new date.constructor()` hold for shifted code.
MachineDate.prototype.constructor = globalThis.Date;
