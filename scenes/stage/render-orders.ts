/** What is drawn before what; three.js sorts each of its passes by these first. Products are drawn at 0. */
export const renderOrders = {
  backdrop: -100,
  occluder: -50,
  /** Before the shadows, which fall on made-up skin as on any. */
  makeup: -45,
  contactShadow: -40,
  product: 0,
} as const;
