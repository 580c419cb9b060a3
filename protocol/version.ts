/** The version of the wire contract. It changes when an older peer would misread a newer one. */
export const protocolVersion = 5;
