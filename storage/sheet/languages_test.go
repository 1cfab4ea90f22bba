package sheet_test

import (
	"fmt"
	"strings"

	"rollcall/campaign"
)

// A language is names of people and towns, made up for tests, and the
// encodings in which programs of its country write.
type language struct {
	name      string
	header    string // name, town, phone
	given     string
	family    string
	towns     string
	encodings []campaign.Encoding
}

func languages() []language {
	return []language{
		{"german", "Name Ort Telefon", "Jürgen Käthe Björn Jörg Günter Anna Sören Bärbel", "Müller Groß Schäfer Köhler Weiß Böhm Krüger Lange", "München Köln Düsseldorf Würzburg Gießen",
			[]campaign.Encoding{"windows-1252", "iso-8859-15", "ibm850", "macintosh"}},
		{"french", "Nom Ville Téléphone", "Élodie François Zoé Gaëlle Jérôme André Hélène Noël", "Lefèvre Gonçalves Bérenger Côté Mathieu Thévenot Garçon Benoît", "Orléans Besançon Nîmes Saint-Étienne Châlons",
			[]campaign.Encoding{"windows-1252", "iso-8859-15", "ibm850", "macintosh"}},
		{"spanish", "Nombre Ciudad Teléfono", "José María Íñigo Begoña Ángel Lucía Raúl Concepción", "Muñoz Núñez García López Peña Rodríguez Ibáñez Ruiz", "Málaga Cádiz León Logroño Ávila",
			[]campaign.Encoding{"windows-1252", "iso-8859-15", "ibm850", "macintosh"}},
		{"portuguese", "Nome Cidade Telefone", "João Conceição Antônio Inês Simão Glória Luís Estêvão", "Gonçalves Simões Araújo Magalhães Brandão Sá Vilaça Leão", "Goiânia Maringá Brasília Jundiaí Ribeirão",
			[]campaign.Encoding{"windows-1252", "ibm850"}},
		{"swedish", "Namn Ort Telefon", "Åsa Göran Märta Håkan Örjan Björn Kjell Malmö", "Åberg Sjöberg Öberg Lindström Hägg Ståhl Ek Näslund", "Malmö Gävle Örebro Umeå Västerås",
			[]campaign.Encoding{"windows-1252", "macintosh"}},
		{"polish", "Nazwisko Miasto Telefon", "Łukasz Małgorzata Zdzisław Bożena Grażyna Wiesław Michał Róża", "Kowalczyk Wiśniewski Wójcik Kamiński Dąbrowska Jabłoński Król Zając", "Łódź Kraków Gdańsk Poznań Częstochowa",
			[]campaign.Encoding{"windows-1250", "iso-8859-2"}},
		{"czech", "Jméno Město Telefon", "Jiří Tomáš Božena Zdeněk Lukáš Věra Květa Řehoř", "Dvořák Černý Procházka Kučera Veselý Růžička Němec Kříž", "Plzeň Břeclav Děčín Třebíč Olomouc",
			[]campaign.Encoding{"windows-1250", "iso-8859-2"}},
		{"hungarian", "Név Város Telefon", "László Győző Erzsébet Jenő Zoltán Ágnes Tünde Ödön", "Szűcs Kovács Tóth Szabó Hegedűs Fülöp Erdős Török", "Győr Szeged Pécs Kőszeg Hódmezővásárhely",
			[]campaign.Encoding{"windows-1250", "iso-8859-2"}},
		{"greek", "Όνομα Πόλη Τηλέφωνο", "Γιώργος Ελένη Νίκος Αικατερίνη Δημήτρης Χρήστος Βασιλική Ανδρέας", "Παπαδόπουλος Καραγιάννης Οικονόμου Γεωργίου Δημητρίου Νικολαΐδης Αλεξίου Μακρή", "Αθήνα Θεσσαλονίκη Πάτρα Ηράκλειο Λάρισα",
			[]campaign.Encoding{"windows-1253"}},
		{"russian", "Имя Город Телефон", "Иван Ольга Сергей Наталья Дмитрий Екатерина Юрий Анна", "Смирнов Кузнецова Щукин Воробьёва Цветков Жукова Чернышёв Фролова", "Москва Казань Челябинск Нижний-Новгород Уфа",
			[]campaign.Encoding{"windows-1251", "koi8-r"}},
		{"russian capitals", "ИМЯ ГОРОД ТЕЛЕФОН", "ИВАН ОЛЬГА СЕРГЕЙ НАТАЛЬЯ ДМИТРИЙ ЮРИЙ АННА ЕГОР", "СМИРНОВ КУЗНЕЦОВА ЩУКИН ВОРОБЬЕВА ЦВЕТКОВ ЖУКОВА ФРОЛОВА ПЕТРОВ", "МОСКВА КАЗАНЬ ЧЕЛЯБИНСК УФА ТВЕРЬ",
			[]campaign.Encoding{"windows-1251", "koi8-r"}},
		{"ukrainian", "Ім'я Місто Телефон", "Олексій Євгенія Їжак Ірина Григорій Наталія Андрій Юлія", "Шевченко Ковальчук Литвиненко Лисенко Гнатюк Поліщук Їжакевич Ґалаґан", "Київ Львів Чернігів Вінниця Запоріжжя",
			[]campaign.Encoding{"windows-1251"}},
		{"turkish", "Ad Şehir Telefon", "Ayşe Mehmet Gökhan Çiğdem Işıl Oğuz Şükrü İbrahim", "Yılmaz Şahin Öztürk Çelik Doğan Kılıç Aydın Güneş", "İstanbul Eskişehir Muğla Diyarbakır Çanakkale",
			[]campaign.Encoding{"windows-1254"}},
		{"hebrew", "שם עיר טלפון", "משה שרה דוד רחל יעקב מרים אברהם נועה", "כהן לוי מזרחי פרץ ביטון אוחיון פרידמן שפירא", "ירושלים חיפה אשדוד נתניה רמת-גן",
			[]campaign.Encoding{"windows-1255"}},
		{"arabic", "الاسم المدينة الهاتف", "محمد فاطمة أحمد عائشة خالد مريم يوسف زينب", "الحسن العلي المصري الخطيب حداد النجار السيد القاسم", "القاهرة دمشق بغداد الرياض عمان",
			[]campaign.Encoding{"windows-1256"}},
		{"japanese", "氏名 市区 電話番号", "太郎 花子 健一 美咲 翔太 由美子 さくら 大輔", "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村", "東京都 大阪市 横浜市 名古屋市 札幌市",
			[]campaign.Encoding{"shift_jis"}},
		{"japanese kana", "シメイ シク デンワ", "タロウ ハナコ ケンイチ ミサキ ショウタ ユミコ サクラ ダイスケ", "サトウ スズキ タカハシ タナカ ワタナベ イトウ ヤマモト ナカムラ", "トウキョウ オオサカ ヨコハマ ナゴヤ サッポロ",
			[]campaign.Encoding{"shift_jis"}},
		{"chinese", "姓名 城市 电话", "伟 芳 秀英 敏 静 强 磊 洋", "王 李 张 刘 陈 杨 赵 黄", "北京 上海 广州 深圳 重庆",
			[]campaign.Encoding{"gb18030"}},
		{"taiwanese", "姓名 城市 電話", "志明 淑芬 俊傑 美玲 雅婷 家豪 怡君 建宏", "陳 林 黃 張 李 王 吳 劉", "臺北 高雄 臺中 臺南 新竹",
			[]campaign.Encoding{"big5"}},
		{"korean", "이름 도시 전화", "민준 서연 지훈 수진 영희 철수 하늘 동현", "김 이 박 최 정 강 조 윤", "서울 부산 인천 대구 광주",
			[]campaign.Encoding{"euc-kr"}},
	}
}

// list is n rows below a header, a name from each word list.
func (l language) list(n int, comma string) string {
	given, family, towns := strings.Fields(l.given), strings.Fields(l.family), strings.Fields(l.towns)
	var b strings.Builder
	b.WriteString(strings.ReplaceAll(l.header, " ", comma) + "\r\n")
	for i := range n {
		name := given[i%len(given)] + " " + family[(i/3)%len(family)]
		fmt.Fprintf(&b, "%s%s%s%s312 555 %04d\r\n", name, comma, towns[i%len(towns)], comma, 100+i)
	}
	return b.String()
}
