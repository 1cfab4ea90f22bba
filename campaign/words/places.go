package words

// This file is the people whom rules of presets are about, by the place as the
// rules write it. They are whole texts, because places are declined.

func people(place string) string {
	switch place {
	case "":
		return Say("People")
	case "the United States":
		return Say("People in the United States")
	case "the United Kingdom":
		return Say("People in the United Kingdom")
	case "the European Union":
		return Say("People in the European Union")
	}
	if said := inAmerica(place); said != "" {
		return said
	}
	if said := inEurope(place); said != "" {
		return said
	}
	return Say("People in %s", place)
}

//nolint:funlen,gocyclo // flat: a text each
func inAmerica(place string) string {
	switch place {
	case "Alabama":
		return Say("People in Alabama")
	case "California":
		return Say("People in California")
	case "Connecticut":
		return Say("People in Connecticut")
	case "Florida":
		return Say("People in Florida")
	case "Kentucky":
		return Say("People in Kentucky")
	case "Louisiana":
		return Say("People in Louisiana")
	case "Maine":
		return Say("People in Maine")
	case "Maryland":
		return Say("People in Maryland")
	case "Massachusetts":
		return Say("People in Massachusetts")
	case "Minnesota":
		return Say("People in Minnesota")
	case "Mississippi":
		return Say("People in Mississippi")
	case "Nevada":
		return Say("People in Nevada")
	case "New Mexico":
		return Say("People in New Mexico")
	case "Oklahoma":
		return Say("People in Oklahoma")
	case "Oregon":
		return Say("People in Oregon")
	case "Pennsylvania":
		return Say("People in Pennsylvania")
	case "Rhode Island":
		return Say("People in Rhode Island")
	case "South Dakota":
		return Say("People in South Dakota")
	case "Texas":
		return Say("People in Texas")
	case "Utah":
		return Say("People in Utah")
	case "Washington State":
		return Say("People in Washington State")
	default:
		return ""
	}
}

//nolint:funlen,gocyclo // flat: a text each
func inEurope(place string) string {
	switch place {
	case "Austria":
		return Say("People in Austria")
	case "Belgium":
		return Say("People in Belgium")
	case "Bulgaria":
		return Say("People in Bulgaria")
	case "Croatia":
		return Say("People in Croatia")
	case "Cyprus":
		return Say("People in Cyprus")
	case "Czechia":
		return Say("People in Czechia")
	case "Denmark":
		return Say("People in Denmark")
	case "Estonia":
		return Say("People in Estonia")
	case "Finland":
		return Say("People in Finland")
	case "France":
		return Say("People in France")
	case "Germany":
		return Say("People in Germany")
	case "Greece":
		return Say("People in Greece")
	case "Hungary":
		return Say("People in Hungary")
	case "Ireland":
		return Say("People in Ireland")
	case "Italy":
		return Say("People in Italy")
	case "Latvia":
		return Say("People in Latvia")
	case "Lithuania":
		return Say("People in Lithuania")
	case "Luxembourg":
		return Say("People in Luxembourg")
	case "Malta":
		return Say("People in Malta")
	case "the Netherlands":
		return Say("People in the Netherlands")
	case "Poland":
		return Say("People in Poland")
	case "Portugal":
		return Say("People in Portugal")
	case "Romania":
		return Say("People in Romania")
	case "Slovakia":
		return Say("People in Slovakia")
	case "Slovenia":
		return Say("People in Slovenia")
	case "Spain":
		return Say("People in Spain")
	case "Sweden":
		return Say("People in Sweden")
	default:
		return ""
	}
}
