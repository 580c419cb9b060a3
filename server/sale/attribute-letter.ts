/** Letters that tell the house’s system who is credited for an order. */
export const attributeSubject = 'order.attribute';
