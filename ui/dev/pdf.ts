/** A one-page PDF by hand, so that the preview has real bytes to draw. Development only. */
export function pdf(kind: string): string {
  const lines =
    kind === "document"
      ? [
          "Termo de consentimento",
          "Eu, Mariana Silva Costa, autorizo o procedimento descrito.",
          "Assinado e selado. 7F3A 91C2 04DE 5B60",
        ]
      : ["Nota A-000402", "Limpeza de pele      190,00", "Total             R$ 190,00"];
  const text = `BT /F1 20 Tf 72 760 Td (${lines[0]}) Tj /F1 12 Tf ${lines
    .slice(1)
    .map((line) => `0 -28 Td (${line}) Tj`)
    .join(" ")} ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  ];
  let out = "%PDF-1.4\n";
  const places = objects.map((body, n) => {
    const at = out.length;
    out += `${n + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const start = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`;
  return btoa(out);
}
