/** The bytes of PlainBuffer, the row format inside Tablestore's protobuf messages. */
export const HEADER = 0x75;

export const tag = {
  rowKey: 0x01,
  rowData: 0x02,
  cell: 0x03,
  cellName: 0x04,
  cellValue: 0x05,
  cellOperation: 0x06,
  cellTimestamp: 0x07,
  deleteMarker: 0x08,
  rowChecksum: 0x09,
  cellChecksum: 0x0a,
} as const;

export const variant = {
  integer: 0x00,
  double: 0x01,
  boolean: 0x02,
  string: 0x03,
  blob: 0x07,
  infMin: 0x09,
  infMax: 0x0a,
  autoIncrement: 0x0b,
} as const;

export const operationByte = { deleteAll: 0x01, deleteOne: 0x03, increment: 0x04 } as const;
