/** The room of one device, whatever number of connections it has. */
export function deviceRoom(deviceId: string): string {
  return `device:${deviceId}`;
}

/** The room of everyone who follows a boutique's stock. */
export function storeRoom(storeId: string): string {
  return `store:${storeId}`;
}

/** The room of a boutique's tablets. */
export function tabletsRoom(storeId: string): string {
  return `tablets:${storeId}`;
}
