/**
 * Where a face of canonical size has its skin: the positions that the mannequin must share with the tracker's face
 * frame, so that a pose found on a person fits it unchanged. Right half and midline; the mannequin is symmetric.
 */
export interface FaceFact {
  /** Index of this landmark in the face topology of 468 points. */
  readonly landmark: number;
  /** Position in the canonical face frame, millimetres; mirrored to the positive (left) side, x ≥ 0. */
  readonly atMm: readonly [x: number, y: number, z: number];
  /** How far under this point the mannequin's skin lies: the canonical face is wider than a temple of 145 mm allows. */
  readonly insetMm: number;
}

function fact(landmark: number, x: number, y: number, z: number, insetMm = 0): FaceFact {
  return { landmark, atMm: [x, y, z], insetMm };
}

/**
 * The facts to which the head is fitted. Source: vertex positions of MediaPipe's canonical face model (Google, Apache
 * 2.0), rounded to 0.1 mm; the lips are absent, since the model's are parted and ours are closed.
 */
export const faceFacts: readonly FaceFact[] = [
  // Forehead and its outline
  fact(10, 0, 82.6, 44.8),
  fact(151, 0, 65.5, 50.3),
  fact(9, 0, 48.9, 53.9),
  fact(8, 0, 40.2, 52.8),
  fact(109, 18.9, 82.4, 42.7),
  fact(67, 35.2, 80.1, 37.3),
  fact(103, 51.3, 74.9, 26.6, 1),
  fact(54, 62.8, 66.2, 14.3, 1.5),
  fact(108, 16.2, 66, 49.2),
  fact(69, 30.6, 65.7, 45.3),
  fact(104, 45.4, 63.2, 36.8, 0.5),
  fact(68, 56, 57.2, 27.2, 1),
  fact(71, 63.7, 47.9, 15.9, 1.5),
  // Brow
  fact(107, 14, 50.1, 53.2),
  fact(66, 27.6, 51, 50.2),
  fact(105, 39.9, 51.1, 44.7),
  fact(63, 49.9, 48, 37.5),
  fact(70, 57.2, 42.5, 28.3, 0.5),
  fact(55, 12.2, 41.4, 51.1),
  fact(65, 26.4, 45.2, 49.2),
  fact(52, 37.3, 45.1, 45.5),
  fact(53, 45.9, 43, 40.5),
  fact(46, 52.5, 38.8, 33.6),
  // Orbit, above and below the lids
  fact(222, 26.3, 37.1, 43.6, 0.6),
  fact(223, 33.9, 37.2, 43.1, 0.6),
  fact(224, 40.8, 36.8, 40.8, 0.6),
  fact(225, 46.2, 34.7, 36.5, 0.4),
  fact(221, 17.6, 35.3, 43.3),
  fact(56, 21.9, 31, 40, 0.8),
  fact(27, 32.1, 32.2, 41.2, 0.5),
  fact(189, 13.1, 31, 42.3),
  fact(133, 18.6, 25.9, 37.6),
  fact(243, 16.4, 25.6, 38.6),
  fact(33, 44.5, 26.6, 31.7),
  fact(130, 46.7, 26.6, 30.8),
  fact(159, 31.8, 29.6, 38.8),
  fact(145, 31.8, 22.9, 37.8),
  fact(23, 32, 19.9, 38),
  fact(232, 19.7, 18.6, 39.6),
  fact(230, 32.7, 14.7, 37.3),
  fact(228, 47.1, 16.5, 31.1),
  fact(226, 51.7, 25.4, 26.7),
  // Nose
  fact(168, 0, 32.7, 52.4),
  fact(6, 0, 24.7, 57.9),
  fact(197, 0, 17.3, 63.2),
  fact(195, 0, 10.6, 67.7),
  fact(5, 0, 3.7, 72.4),
  fact(4, 0, -4.6, 75.9),
  fact(1, 0, -11.3, 74.8),
  fact(2, 0, -20.9, 60.6),
  fact(193, 7.7, 31.8, 48.6),
  fact(122, 5.6, 23.1, 55.7),
  fact(245, 10.3, 23.8, 46.2),
  fact(196, 5.2, 15.8, 61.5),
  fact(188, 9.5, 19.1, 52),
  fact(174, 9, 12.4, 57.5),
  fact(217, 12.6, 8, 53.1),
  fact(236, 8.8, 6.6, 62.3),
  fact(114, 13, 14.2, 48.3),
  fact(47, 17.2, 9.7, 45.6),
  fact(198, 12.5, 2.3, 56.8),
  fact(126, 16.1, 3.4, 49),
  fact(129, 17.9, -9.8, 48.5),
  // Cheeks
  fact(120, 24.3, 11.3, 40.4),
  fact(119, 33, 8.6, 38.7),
  fact(118, 44.3, 7.2, 35.2),
  fact(117, 52.6, 9.5, 29.7),
  fact(111, 57.3, 14.1, 24.3),
  fact(116, 64.7, 9.4, 16.9, 0.5),
  fact(35, 58, 23.5, 22, 0.5),
  fact(143, 64.1, 22.4, 15.6, 1),
  fact(100, 23.4, 5.7, 42.9),
  fact(101, 33.3, 1, 41.1),
  fact(36, 28.4, -7.2, 44.3),
  fact(50, 47.7, -7, 35.3),
  fact(123, 63.4, -5.3, 18.8, 1),
  fact(205, 38.3, -15.4, 41.4, 0.5),
  fact(203, 23.1, -15.7, 45.9),
  fact(206, 29.6, -22.7, 44.4, 0.3),
  fact(187, 52.8, -22.4, 28.6, 1.5),
  fact(207, 43.9, -26.8, 36.4, 1),
  fact(147, 62.3, -19.4, 16.6, 2),
  fact(192, 54.4, -40.3, 21.1, 2),
  fact(213, 60.9, -32.1, 14.7, 2),
  // Around the mouth
  fact(164, 0, -25.2, 59.3),
  fact(167, 7.3, -25.4, 58.2),
  fact(165, 17.8, -26.8, 52.1),
  fact(92, 23.7, -31.1, 48.7),
  fact(57, 31, -43.5, 41),
  fact(212, 37.5, -45, 37.3),
  fact(202, 32.9, -53.8, 38),
  fact(106, 21.7, -54.4, 44.6),
  fact(182, 15.5, -58.2, 47.6),
  fact(18, 0, -61.5, 50.7),
  // Chin and jaw
  fact(200, 0, -69.9, 51.5),
  fact(199, 0, -79.4, 51.8),
  fact(175, 0, -87.7, 48.9),
  fact(152, 0, -94, 42.6),
  fact(194, 19.4, -66.1, 45.2),
  fact(208, 12.2, -78.3, 49.7),
  fact(32, 22.7, -74.3, 43.9),
  fact(211, 30.8, -68.1, 38.1),
  fact(210, 38.8, -60.4, 33.1, 1),
  fact(171, 13.1, -86.4, 47),
  fact(148, 12.9, -93, 40.9),
  fact(176, 23.1, -89.7, 36.1, 1),
  fact(149, 32.1, -85.3, 28, 2),
  fact(150, 40.7, -79.9, 19.3, 2),
  fact(136, 50.9, -71.8, 7.1, 2.2),
  fact(172, 59.4, -62.2, -6.3, 2.4),
  fact(58, 67.2, -47.9, -17.5, 3),
  // Sides: narrower than the canonical face, so that straight temples pass
  fact(234, 76.6, 6.7, -24.4, 2.2),
  fact(227, 73, 7.6, -0.5, 1.5),
  fact(137, 71.6, -8.1, -0.7, 2),
  fact(93, 75.4, -10.5, -24.3, 2.5),
  fact(34, 72.1, 22.6, 0.7, 2.2),
  fact(127, 77.4, 23.6, -20.1, 4),
  fact(139, 68.5, 36.6, 7.2, 2),
  fact(162, 75.6, 41.1, -9.9, 3.5),
  fact(21, 70.9, 54.3, 1, 2.5),
];
