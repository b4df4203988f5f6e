-- From the sums in ``given`` to everything a relationship shows; by hand, policy
-- defaults written out. The OFFSET 0 keep each value from being computed again.
scored AS (
SELECT g.*, e.rc + e.rr + e.ri + e.ro AS good_r, n.mass, n.mass / (n.mass + 16) AS confidence,
       n.mass / (n.mass + 16) < 0.1 AS thin,
       1 + 9 * p.c AS credibility, 1 + 9 * p.r AS reliability, 1 + 9 * p.i AS intimacy,
       t.s AS self_orientation, t.w / t.s AS trust_ratio, t.idx AS trust_index,
       t.sd AS index_sd, t.idx - t.sd AS index_low, t.circle_low,
       100 * (e.ra + 2) / (e.ra + e.sa + 4) AS commitment_affective
  FROM given g
 CROSS JOIN LATERAL (SELECT
       0.25 * (2 * exp(greatest(-460, -ln(2::float8) * g.age / 365)) - 1) AS q,
       12 * x_c_pos / (12 + x_c_pos) + 2 * x_c_staff / (2 + x_c_staff) AS rc,
       12 * x_r_pos / (12 + x_r_pos) + 2 * x_r_staff / (2 + x_r_staff) AS rr,
       12 * x_i_pos / (12 + x_i_pos) + 2 * x_i_staff / (2 + x_i_staff) AS ri,
       12 * x_o_pos / (12 + x_o_pos) + 2 * x_o_staff / (2 + x_o_staff) AS ro,
       12 * x_affective_pos / (12 + x_affective_pos)
           + 2 * x_affective_staff / (2 + x_affective_staff) AS ra,
       24 * x_c_neg / (24 + x_c_neg) AS sc, 24 * x_r_neg / (24 + x_r_neg) AS sr,
       24 * x_i_neg / (24 + x_i_neg) AS si, 24 * x_o_neg / (24 + x_o_neg) AS so,
       24 * x_affective_neg / (24 + x_affective_neg) AS sa,
       12 * l_c_pos / (12 + l_c_pos) + 2 * l_c_staff / (2 + l_c_staff) AS lrc,
       12 * l_r_pos / (12 + l_r_pos) + 2 * l_r_staff / (2 + l_r_staff) AS lrr,
       12 * l_i_pos / (12 + l_i_pos) + 2 * l_i_staff / (2 + l_i_staff) AS lri,
       12 * l_o_pos / (12 + l_o_pos) + 2 * l_o_staff / (2 + l_o_staff) AS lro,
       24 * l_c_neg / (24 + l_c_neg) AS lsc, 24 * l_r_neg / (24 + l_r_neg) AS lsr,
       24 * l_i_neg / (24 + l_i_neg) AS lsi, 24 * l_o_neg / (24 + l_o_neg) AS lso
       OFFSET 0) e
 CROSS JOIN LATERAL (SELECT rc + rr + ri + ro + sc + sr + si + so AS mass,
       4 * (0.5 + 0.25 * (lrc + lsc) / (lrc + lsc + 16)
                * ((lrc + 2) / (lrc + lsc + 4) - 0.5)) AS bc,
       4 * (0.5 + 0.25 * (lrr + lsr) / (lrr + lsr + 16)
                * ((lrr + 2) / (lrr + lsr + 4) - 0.5)) AS br,
       4 * (0.5 + 0.25 * (lri + lsi) / (lri + lsi + 16)
                * ((lri + 2) / (lri + lsi + 4) - 0.5)) AS bi,
       4 * (0.5 + 0.25 * (lro + lso) / (lro + lso + 16)
                * ((lro + 2) / (lro + lso + 4) - 0.5)) AS bo OFFSET 0) n
 CROSS JOIN LATERAL (SELECT
       (rc + bc) / (rc + sc + 4) AS c, (rr + br) / (rr + sr + 4) AS r,
       (ri + bi) / (ri + si + 4) AS i, (ro + bo) / (ro + so + 4) AS o,
       (rc + 2) / (rc + sc + 4) AS nc, (rr + 2) / (rr + sr + 4) AS nr,
       (ri + 2) / (ri + si + 4) AS ni, (ro + 2) / (ro + so + 4) AS no,
       rc + sc + 5 AS kc, rr + sr + 5 AS kr, ri + si + 5 AS ki, ro + so + 5 AS ko
       OFFSET 0) p
 CROSS JOIN LATERAL (SELECT
       (1 + q) * (1 + 9 * c) + 1 + 9 * r + (1 - q) * (1 + 9 * i) AS w, 10 - 9 * o AS s,
       (1 + q) * (1 + 9 * nc) + 1 + 9 * nr + (1 - q) * (1 + 9 * ni) AS nw,
       10 - 9 * no AS ns,
       (1 + q) * (1 + q) * c * (1 - c) / kc + r * (1 - r) / kr
           + (1 - q) * (1 - q) * i * (1 - i) / ki AS v,
       (1 + q) * (1 + q) * nc * (1 - nc) / kc + nr * (1 - nr) / kr
           + (1 - q) * (1 - q) * ni * (1 - ni) / ki AS nv OFFSET 0) a
 CROSS JOIN LATERAL (SELECT w, s, 50 * log(w / s / 0.3) AS idx,
       50 / ln(10::float8)
           * sqrt(81 * v / (w * w) + 81 * o * (1 - o) / ko / (s * s)) AS sd,
       round((50 * log(nw / ns / 0.3) - 50 / ln(10::float8) * sqrt(81 * nv / (nw * nw)
           + 81 * no * (1 - no) / ko / (ns * ns))) * 1e6) / 1e6 AS circle_low
       OFFSET 0) t
)
