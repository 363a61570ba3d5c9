"""Given names of Western Europe and the Americas, whose bearers write all their names one way.

A family name that is merely near beside one of them is another family's: Adam Hahn is not Adam
Khan, nor is Fernanda Fernando. Names that Slavs, Armenians and Arabs have as well, and that lists
write in many ways, are left out: Peter, George, Alexander. Written for this engine from common
usage; unverified. Words are in plain letters.
"""

from __future__ import annotations

__all__ = ["WESTERN"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


WESTERN = _set(
    "aaron adrian adriana alain alan alberto alejandra alejandro alessandro alexa alexis alfonso"
    " alfred alfredo alice alison allen allison alvaro amanda amber amy ana anders andre andrea"
    " andreas andres andrew angel ann anne annette anthony antonio armando arnaud arturo ashley"
    " audrey barbara barry beatrice beatriz benedict benjamin bernard bernd bertrand beth betty"
    " beverly bill billy bjorn blanca bob bobby brad bradley brandon brenda brent brett brian"
    " bridget brittany bruce bruno bryan camila camille candice carl carla carlos carmen carol"
    " carolina caroline carolyn carrie casey catherine cathy cecile cesar chad charles charlie"
    " charlotte chelsea cheryl chris christian christina christine christoph christopher cindy"
    " claire claude claudia claudio cody colin colleen connie corey cory courtney craig cristian"
    " cristiano cristina crystal curtis cynthia daniel daniela daniele danielle danny darren dave"
    " david davide dawn deborah debra dennis derek diane diego dieter dirk dominic dominique"
    " donald donna dorothy doug douglas douglass dustin dylan earl eddie edmund eduardo edward"
    " edwin eileen elaine elisabeth elise elizabeth ellen emilia emilio emily enrique erica erik"
    " erika erin ernest ernesto ernst esteban esther ethan eugene evan evelyn fabian fabio"
    " federico felipe fernanda fernando filippo florence florian frances francesca francesco"
    " francis francisca francisco francois francoise frank franz fred frederic frederick fredrik"
    " friedrich gabriel gabriela gabriele gail gareth garrett gary gavin geoffrey gerald gerard"
    " gerhard gilbert gilles gina giovanni giulia giuseppe glen glenn gloria gonzalo gordon grace"
    " greg gregorio gregory guido guillaume guillermo gunther gustavo guy hannah hans harold harry"
    " heather hector heidi heinrich heinz henri henry herbert hernan holly howard hubert hugh hugo"
    " ian ignacio ingrid isabel isabella ivonne jack jackie jacob jacqueline jacques jaime jake"
    " james jamie jane janet janice jason javier jeanne jeff jeffery jeffrey jen jennifer jenny"
    " jeremy jerry jesse jessica jesus jill jim jimmy joachim joan joanna joao joe joel johan"
    " johannes john johnny jon jonas jonathan jorge jose josh joshua joy joyce juan juana judith"
    " judy juergen juliana julie julien julio justin karen karin karl katherine kathleen kathryn"
    " kathy katie keith kelly ken kenneth kerry kevin kimberly klaus kristen kristin kurt kyle"
    " lance larry lars laura lauren laurence laurent lawrence leah leandro leonard leonardo leslie"
    " leticia linda lindsay lindsey lisa logan lorenzo lori lorraine louis louise luca lucas lucia"
    " luciano lucy luis luisa luiz lukas lynn malcolm manfred manuel manuela marc marcel marcelo"
    " marcia marco marcos marcus margaret margareta margherita mariana mariano marie marilyn mario"
    " marion marissa marta martha martin marvin mary mateo mathieu matteo matthew matthias maureen"
    " maurice mauricio megan melanie melinda melissa mercedes meredith michael micheal michele"
    " michelle miguel mike misty molly monica monique murilo nancy natalie nathan nathaniel neil"
    " nicholas nicola nicolas nicole nigel nils noah norman oliver oscar otto pablo pamela paola"
    " paolo pascal patricia patrick patrizia paula pauline paulo pedro peggy penny philip philippe"
    " phillip phyllis priscilla rachel rafael ralph ramon randall randy raul raymond rebecca rene"
    " renee ricardo riccardo rich richard rick ricky roberta roberto robin rodney rodolfo rodrigo"
    " roger roland rolf ronald rosa rose roy russell ruth ryan sabrina sally salvador salvatore"
    " sam samantha samuel sandra santiago sarah scott sean sebastian sergio seth shannon sharon"
    " shaun shawn sheila shelby shelly sherry shirley silvia sonia sophie stacey stacy stefan"
    " stefania stefano steffen stephan stephanie stephen steve steven stuart sue susan susana"
    " susanne suzanne sven sydney sylvia tammy tanya tara taylor ted teresa teresita terri terry"
    " theodore theresa thierry thomas tiffany tim timothy tina todd tom tomas tomasa tommy tracey"
    " traci tracy travis trevor tricia troy tyler ulrich ulrike ursula valerie vanessa veronique"
    " vicente vicki vincent vincenzo virginia vitor vivian walter warren wayne wendy werner"
    " whitney wilhelm william wolfgang xavier yolanda yves yvonne zachary"
    " adela alicia amalia amelia angela angelica angie anita april armand arthur benito"
    " bernardo bianca bradford brianna brittney calvin candace carla carmelo carole cecilia chloe"
    " clara clarence clemens clifford constance courtney damian darlene desiree dorothea"
    " eleanor eloise elsa emma emmanuel erick ernestina estelle evangeline felicia"
    " fernand flora florencia gabrielle genevieve georgina geraldine gerardo gilberto gisela"
    " giorgio gladys graciela gretchen gwendolyn hannelore harriet hector helga hilda horacio"
    " humberto ines irma jasmine jeanette joann joanne jocelyn josefina joselyn"
    " juanita kelvin kirsten lawrence leonor leopoldo lillian lorena luigi"
    " lupe madeline marcela marco margarita mariah marianne maribel marjorie matilda"
    " maximilian miranda mitchell nadine nathalie noemi octavio olivia"
    " orlando osvaldo patti paulette penelope phoebe rafaela ramiro raphael ricarda"
    " rocio rodolphe rogelio rolando romain rosalie rosario roxanne rudolf salvatrice"
    " shirlene steffi suzanna sylvie tabitha terence tobias tracie ursel"
    " veronica vickie violeta vivienne wanda wendell wilfred yvette"
)
"""Plain forms; a few are families' names, too."""
