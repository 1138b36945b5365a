/** A believable day for developing screens without the core. Development only; nothing here is shipped. */
export const today = "2026-11-18";
export const nowInstant = "2026-11-18T13:42:00Z";

export const clinic = {
  id: "clinic",
  name: "Clínica Alameda",
  legal_name: "Alameda Estética Ltda",
  tax_id: "12345678000195",
  tax_id_formatted: "12.345.678/0001-95",
  phone: "+5511955550100",
  phone_formatted: "(11) 95555-0100",
  email: "contato@alameda.example",
  address: "Alameda das Paineiras, 100",
  city: "São Paulo",
  state: "SP",
  postal_code: "01310-000",
  country: "BR",
  zone: "America/Sao_Paulo",
  currency: "BRL",
  locale: "pt-BR",
  profile: "aesthetic-br",
  week_start: 1,
  pix_key: "contato@alameda.example",
};

export const brl = (cents: number) => ({
  amount: `${cents < 0 ? "-" : ""}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, "0")}`,
  currency: "BRL",
});
export const cents = (amount: string) => Math.round(Number(amount) * 100);

export const practitioners = [
  [
    "camila",
    "Dra. Camila Rocha",
    "doctor",
    "Médica · CRM-SP 123456",
    [
      ["08:00", "12:30"],
      ["13:30", "18:00"],
    ],
  ],
  [
    "beatriz",
    "Beatriz Nunes",
    "biomedical",
    "Biomédica · CRBM 4521",
    [
      ["09:00", "12:30"],
      ["13:30", "18:00"],
    ],
  ],
  [
    "rafael",
    "Rafael Teles",
    "physiotherapist",
    "Fisioterapeuta · CREFITO 88210",
    [
      ["08:00", "12:15"],
      ["13:30", "17:30"],
    ],
  ],
  [
    "joana",
    "Joana Prado",
    "aesthetician",
    "Esteticista",
    [
      ["08:30", "12:00"],
      ["13:00", "18:30"],
    ],
  ],
] as const;

export const services = [
  ["toxina", "Toxina botulínica", "Injetáveis", 115000, 45],
  ["bio", "Bioestimulador de colágeno", "Injetáveis", 180000, 60],
  ["preench", "Preenchimento labial", "Injetáveis", 145000, 60],
  ["limpeza", "Limpeza de pele", "Facial", 19000, 45],
  ["peeling", "Peeling químico", "Facial", 32000, 30],
  ["micro", "Microagulhamento", "Facial", 48000, 60],
  ["drenagem", "Drenagem linfática", "Corporal", 22000, 60],
  ["depil", "Depilação pernas", "Laser", 18000, 60],
] as const;

export const names = [
  "Mariana Silva Costa",
  "Helena Duarte",
  "Bruno Cardoso",
  "Paula Freitas",
  "Tatiana Reis",
  "Cláudia Martins",
  "Renata Lopes",
  "Sônia Barreto",
  "Fernanda Dias",
  "Débora Campos",
  "Vera Teixeira",
  "Letícia Gomes",
  "Carlos Pires",
  "Patrícia Melo",
  "Aline Moura",
  "Simone Vieira",
  "Rosa Andrade",
  "Igor Santana",
  "Eliane Porto",
  "Gilberto Assis",
  "Marta Siqueira",
  "Lúcia Amaral",
  "Cecília Ramos",
  "Joice Farias",
  "Regina Paiva",
  "Luana Brito",
  "Elisa Tavares",
  "Ana Paula Luz",
  "Marcos Silveira",
  "Marlene da Silva",
] as const;

/** patient, practitioner, service, start, minutes, status, money, flags */
export const day: [number, string, string, string, number, string, string, string][] = [
  [1, "camila", "toxina", "08:00", 45, "completed", "paid", ""],
  [2, "camila", "peeling", "08:50", 30, "completed", "to_bill", ""],
  [3, "camila", "preench", "09:30", 60, "in_progress", "none", ""],
  [0, "camila", "bio", "10:45", 60, "checked_in", "none", "consent balance"],
  [4, "camila", "limpeza", "12:00", 30, "confirmed", "none", "new consent"],
  [5, "camila", "toxina", "13:30", 60, "confirmed", "none", "contested"],
  [6, "camila", "peeling", "13:45", 45, "scheduled", "none", "contested"],
  [7, "camila", "limpeza", "15:15", 45, "scheduled", "none", ""],
  [8, "camila", "bio", "16:15", 45, "confirmed", "none", ""],
  [9, "beatriz", "micro", "09:00", 60, "completed", "paid", ""],
  [10, "beatriz", "peeling", "10:00", 30, "no_show", "none", ""],
  [11, "beatriz", "peeling", "10:30", 60, "checked_in", "none", ""],
  [12, "beatriz", "limpeza", "11:30", 45, "scheduled", "none", "unsynced"],
  [13, "beatriz", "bio", "13:30", 60, "confirmed", "none", "alert"],
  [14, "beatriz", "limpeza", "14:45", 30, "cancelled", "none", ""],
  [15, "beatriz", "micro", "15:15", 90, "confirmed", "none", ""],
  [16, "rafael", "drenagem", "08:00", 60, "completed", "paid", ""],
  [17, "rafael", "drenagem", "09:15", 60, "completed", "none", ""],
  [18, "rafael", "drenagem", "10:30", 60, "confirmed", "none", "late"],
  [19, "rafael", "drenagem", "11:30", 45, "confirmed", "none", ""],
  [20, "joana", "limpeza", "08:30", 45, "completed", "paid", ""],
  [21, "joana", "depil", "09:30", 30, "completed", "to_bill", ""],
  [22, "joana", "depil", "10:00", 60, "in_progress", "none", ""],
  [23, "joana", "limpeza", "11:15", 45, "confirmed", "none", ""],
  [24, "joana", "limpeza", "13:00", 45, "confirmed", "none", ""],
  [25, "joana", "depil", "14:00", 60, "scheduled", "none", "new"],
  [26, "joana", "limpeza", "15:30", 60, "confirmed", "none", ""],
  [27, "joana", "limpeza", "16:45", 45, "scheduled", "none", ""],
];
