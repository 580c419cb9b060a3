/** glTF is written in metres, the world of the stage is in millimetres. */
export const MM_PER_METRE = 1000;
