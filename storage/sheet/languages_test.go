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
	unseen    string // names by which nothing was tuned
	encodings []campaign.Encoding
}

func languages() []language {
	return []language{
		{"german", "Name Ort Telefon", "Jürgen Käthe Björn Jörg Günter Anna Sören Bärbel", "Müller Groß Schäfer Köhler Weiß Böhm Krüger Lange", "München Köln Düsseldorf Würzburg Gießen",
			"Lütke Häußler Götz Schröder Jäger Füßl Wölfel Bräuer Kübler Hößl",
			[]campaign.Encoding{"windows-1252", "iso-8859-15", "ibm850", "macintosh"}},
		{"french", "Nom Ville Téléphone", "Élodie François Zoé Gaëlle Jérôme André Hélène Noël", "Lefèvre Gonçalves Bérenger Côté Mathieu Thévenot Garçon Benoît", "Orléans Besançon Nîmes Saint-Étienne Châlons",
			"Théophile Desgrées Aurélie Crépin Maïté Lacôte Cédric Bruyère Irène Valléjo",
			[]campaign.Encoding{"windows-1252", "iso-8859-15", "ibm850", "macintosh"}},
		{"spanish", "Nombre Ciudad Teléfono", "José María Íñigo Begoña Ángel Lucía Raúl Concepción", "Muñoz Núñez García López Peña Rodríguez Ibáñez Ruiz", "Málaga Cádiz León Logroño Ávila",
			"Adrián Zúñiga Mónica Cañizares Óscar Treviño Belén Güell Ramón Patiño",
			[]campaign.Encoding{"windows-1252", "iso-8859-15", "ibm850", "macintosh"}},
		{"portuguese", "Nome Cidade Telefone", "João Conceição Antônio Inês Simão Glória Luís Estêvão", "Gonçalves Simões Araújo Magalhães Brandão Sá Vilaça Leão", "Goiânia Maringá Brasília Jundiaí Ribeirão",
			"Cláudia Assunção Cátia Falcão Otávio Guimarães Flávio Mourão Vânia Galvão",
			[]campaign.Encoding{"windows-1252", "ibm850"}},
		{"swedish", "Namn Ort Telefon", "Åsa Göran Märta Håkan Örjan Björn Kjell Malmö", "Åberg Sjöberg Öberg Lindström Hägg Ståhl Ek Näslund", "Malmö Gävle Örebro Umeå Västerås",
			"Pär Sköld Agnetha Strömberg Börje Färm Gösta Hjälm Åke Wärn",
			[]campaign.Encoding{"windows-1252", "macintosh"}},
		{"polish", "Nazwisko Miasto Telefon", "Łukasz Małgorzata Zdzisław Bożena Grażyna Wiesław Michał Róża", "Kowalczyk Wiśniewski Wójcik Kamiński Dąbrowska Jabłoński Król Zając", "Łódź Kraków Gdańsk Poznań Częstochowa",
			"Stanisław Gałązka Żaneta Świerczyńska Błażej Żółtowski Elżbieta Ćwik Paweł Leśniak",
			[]campaign.Encoding{"windows-1250", "iso-8859-2"}},
		{"czech", "Jméno Město Telefon", "Jiří Tomáš Božena Zdeněk Lukáš Věra Květa Řehoř", "Dvořák Černý Procházka Kučera Veselý Růžička Němec Kříž", "Plzeň Břeclav Děčín Třebíč Olomouc",
			"Ondřej Šťastný Eliška Žďárská Bedřich Ježek Miloš Hrůza Šárka Čapková",
			[]campaign.Encoding{"windows-1250", "iso-8859-2"}},
		{"hungarian", "Név Város Telefon", "László Győző Erzsébet Jenő Zoltán Ágnes Tünde Ödön", "Szűcs Kovács Tóth Szabó Hegedűs Fülöp Erdős Török", "Győr Szeged Pécs Kőszeg Hódmezővásárhely",
			"Bálint Kőműves Kálmán Dömötör Gergő Csűrös Zsófia Hájas Róbert Bődy",
			[]campaign.Encoding{"windows-1250", "iso-8859-2"}},
		{"greek", "Όνομα Πόλη Τηλέφωνο", "Γιώργος Ελένη Νίκος Αικατερίνη Δημήτρης Χρήστος Βασιλική Ανδρέας", "Παπαδόπουλος Καραγιάννης Οικονόμου Γεωργίου Δημητρίου Νικολαΐδης Αλεξίου Μακρή", "Αθήνα Θεσσαλονίκη Πάτρα Ηράκλειο Λάρισα",
			"Σπύρος Ζαχαρίου Ευθύμιος Ψαρράς Φωτεινή Ξενάκη Λεωνίδας Χατζής Ιωάννα Βλάχου",
			[]campaign.Encoding{"windows-1253"}},
		{"russian", "Имя Город Телефон", "Иван Ольга Сергей Наталья Дмитрий Екатерина Юрий Анна", "Смирнов Кузнецова Щукин Воробьёва Цветков Жукова Чернышёв Фролова", "Москва Казань Челябинск Нижний-Новгород Уфа",
			"Фёдор Хохлов Зинаида Гоголева Эдуард Шишкин Ярослав Бобров Людмила Тихонова",
			[]campaign.Encoding{"windows-1251", "koi8-r"}},
		{"russian capitals", "ИМЯ ГОРОД ТЕЛЕФОН", "ИВАН ОЛЬГА СЕРГЕЙ НАТАЛЬЯ ДМИТРИЙ ЮРИЙ АННА ЕГОР", "СМИРНОВ КУЗНЕЦОВА ЩУКИН ВОРОБЬЕВА ЦВЕТКОВ ЖУКОВА ФРОЛОВА ПЕТРОВ", "МОСКВА КАЗАНЬ ЧЕЛЯБИНСК УФА ТВЕРЬ",
			"ЗИНАИДА ГОГОЛЕВА ЭДУАРД ШИШКИН БОГДАН ХОХЛОВ ЯРОСЛАВ БЫЧКОВ ЛЮДМИЛА ЗУЕВА",
			[]campaign.Encoding{"windows-1251", "koi8-r"}},
		{"ukrainian", "Ім'я Місто Телефон", "Олексій Євгенія Їжак Ірина Григорій Наталія Андрій Юлія", "Шевченко Ковальчук Литвиненко Лисенко Гнатюк Поліщук Їжакевич Ґалаґан", "Київ Львів Чернігів Вінниця Запоріжжя",
			"Ярослав Гайдамака Соломія Бойчук Євген Ґудзь Христина Їжакевич Панас Мирний",
			[]campaign.Encoding{"windows-1251"}},
		{"turkish", "Ad Şehir Telefon", "Ayşe Mehmet Gökhan Çiğdem Işıl Oğuz Şükrü İbrahim", "Yılmaz Şahin Öztürk Çelik Doğan Kılıç Aydın Güneş", "İstanbul Eskişehir Muğla Diyarbakır Çanakkale",
			"Barış Erdoğan Gülşen Bağcı Tuğba Kuş Ümit Işık Şenay Çınar",
			[]campaign.Encoding{"windows-1254"}},
		{"hebrew", "שם עיר טלפון", "משה שרה דוד רחל יעקב מרים אברהם נועה", "כהן לוי מזרחי פרץ ביטון אוחיון פרידמן שפירא", "ירושלים חיפה אשדוד נתניה רמת-גן",
			"יוסף גולדברג אסתר חדד צבי זילברמן תמר סגל עוזי קפלן",
			[]campaign.Encoding{"windows-1255"}},
		{"arabic", "الاسم المدينة الهاتف", "محمد فاطمة أحمد عائشة خالد مريم يوسف زينب", "الحسن العلي المصري الخطيب حداد النجار السيد القاسم", "القاهرة دمشق بغداد الرياض عمان",
			"طارق الغامدي هند الشمري سعيد بن زكريا ليلى حمدان فيصل القحطاني",
			[]campaign.Encoding{"windows-1256"}},
		{"japanese", "氏名 市区 電話番号", "太郎 花子 健一 美咲 翔太 由美子 さくら 大輔", "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村", "東京都 大阪市 横浜市 名古屋市 札幌市",
			"井上 裕子 木村 拓也 林 直樹 斎藤 恵 清水 愛 森 一郎",
			[]campaign.Encoding{"shift_jis"}},
		{"japanese kana", "シメイ シク デンワ", "タロウ ハナコ ケンイチ ミサキ ショウタ ユミコ サクラ ダイスケ", "サトウ スズキ タカハシ タナカ ワタナベ イトウ ヤマモト ナカムラ", "トウキョウ オオサカ ヨコハマ ナゴヤ サッポロ",
			"ヒロシ キムラ ナオキ モリ アイ シミズ リョウ ヤマザキ メグミ ゴトウ",
			[]campaign.Encoding{"shift_jis"}},
		{"chinese", "姓名 城市 电话", "伟 芳 秀英 敏 静 强 磊 洋", "王 李 张 刘 陈 杨 赵 黄", "北京 上海 广州 深圳 重庆",
			"徐 建国 孙 丽华 马 晓明 朱 文静 郭 志强 何 雪梅",
			[]campaign.Encoding{"gb18030"}},
		{"taiwanese", "姓名 城市 電話", "志明 淑芬 俊傑 美玲 雅婷 家豪 怡君 建宏", "陳 林 黃 張 李 王 吳 劉", "臺北 高雄 臺中 臺南 新竹",
			"蔡 宗翰 謝 佩珊 楊 冠宇 許 雅雯 鄭 承恩 郭 欣怡",
			[]campaign.Encoding{"big5"}},
		{"korean", "이름 도시 전화", "민준 서연 지훈 수진 영희 철수 하늘 동현", "김 이 박 최 정 강 조 윤", "서울 부산 인천 대구 광주",
			"윤서 장 예준 임 지우 한 도윤 오 은지 신 태현 권 보라",
			[]campaign.Encoding{"euc-kr"}},
	}
}

// strangers is a list of the names that were not looked at while the guessing
// was written.
func (l language) strangers() string {
	names := strings.Fields(l.unseen)
	var b strings.Builder
	b.WriteString("Name;Phone\n")
	for i := range 3 * len(names) {
		fmt.Fprintf(&b, "%s %s;312 555 %04d\n", names[i%len(names)], names[(i*7+1)%len(names)], i)
	}
	return b.String()
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
